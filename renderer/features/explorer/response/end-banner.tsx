// What went wrong, above the tabs: the tabs and what had come stay. Also the wait before the next try.
import { Copy } from 'lucide-react';
import type { CallError } from '../../../../preload/contract/requests.ts';
import { useNavigation } from '../../../host/navigation.ts';
import type { Attempt, Pane } from '../../../stream/pane.ts';
import { usePane } from '../../../stream/use-pane.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { copyText } from '../../../ui/copy-text.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { endSentence, errorTitle, messages } from '../messages.ts';
import { Countdown, WaitActions } from './wait-actions.tsx';

export function EndBanner({ tabId, pane }: { tabId: string; pane: Pane }) {
  usePane(pane);
  const navigation = useNavigation();
  const { end, phase, attempts } = pane.facts;
  const last = attempts.at(-1);
  if (phase === 'retrying' && last?.wait) return <WaitBanner tabId={tabId} pane={pane} wait={last.wait} />;
  if (!end) return null;
  if (end.error) {
    const { error } = end;
    const id = error.requestId ?? end.requestId;
    return (
      <Banner
        tone={end.state === 'truncated' ? 'warn' : 'danger'}
        title={errorTitle(error)}
        actions={
          error.type.startsWith('KEY_') && (
            <Button size="sm" onClick={() => navigation.go('keys')}>
              {messages.openKeys}
            </Button>
          )
        }
      >
        {error.advice && <p>{error.advice}</p>}
        <p className="flex flex-wrap items-center gap-x-4 font-mono text-2xs">
          {CODED.has(error.source) && <span>{messages.errorCode(error.type)}</span>}
          {id && (
            <span className="flex items-center gap-1">
              {messages.requestId(id)}
              <IconButton icon={Copy} size="sm" label={messages.copyRequestId} onClick={() => copyText(id)} />
            </span>
          )}
        </p>
      </Banner>
    );
  }
  const sentence = endSentence(end);
  return sentence && <Banner tone={end.state === 'cancelled' ? 'info' : 'warn'} title={sentence} />;
}

/** Whose errors have a type that a search or a bug report may need; it says nothing to a reader of the sentence. */
const CODED: ReadonlySet<CallError['source']> = new Set(['connection', 'protocol', 'limit']);

type Wait = NonNullable<Attempt['wait']>;

function WaitBanner({ tabId, pane, wait }: { tabId: string; pane: Pane; wait: Wait }) {
  return (
    <Banner
      tone="warn"
      title={messages.retryTitle(wait.reason.because)}
      actions={<WaitActions tabId={tabId} id={pane.facts.id} />}
    >
      <Countdown pane={pane} wait={wait} />
    </Banner>
  );
}
