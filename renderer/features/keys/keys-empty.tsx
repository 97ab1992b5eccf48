import { FlaskConical, KeyRound, Plus } from 'lucide-react';
import { useNavigation } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { openAddKey } from './keys-store.ts';
import { messages } from './messages.ts';

const text = messages.empty;

/** The first thing a new user sees of this screen: how to begin, with a key or without. */
export function KeysEmpty() {
  const navigation = useNavigation();
  const demo = useProviders().find((provider) => provider.demo);
  const api = demo?.apis[0];
  const tryDemo = () => {
    if (!demo || !api) return navigation.go('explorer');
    navigation.openDraft({
      name: '',
      provider: demo.id,
      api: api.id,
      baseUrl: demo.baseUrl,
      keyId: null,
      method: api.method,
      url: '',
      query: [],
      headers: [],
      body: api.example,
    });
  };
  return (
    <EmptyState
      icon={KeyRound}
      title={text.title}
      text={text.text}
      actions={
        <>
          <Button variant="primary" icon={Plus} kbd="KeyN" onClick={() => openAddKey()}>
            {text.add}
          </Button>
          <Button icon={FlaskConical} onClick={tryDemo}>
            {text.demo}
          </Button>
        </>
      }
    />
  );
}
