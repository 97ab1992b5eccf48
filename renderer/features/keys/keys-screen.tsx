import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus, RefreshCw } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { KeychainStatus, KeyInfo } from '../../../preload/contract/keys.ts';
import { errorText } from '../../host/api.ts';
import { exampleDraft } from '../../host/example-draft.ts';
import { keysQuery } from '../../host/keys.ts';
import { useIntent, useNavigation } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { queryClient } from '../../host/queries.ts';
import { useAppStatus } from '../../host/status.ts';
import { useFocusOnShow } from '../../host/use-focus-on-show.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FixedRowListHandle } from '../../ui/fixed-row-list.tsx';
import { Pane } from '../../ui/pane.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { filterKeys } from './filter-keys.ts';
import { KeyDetail } from './key-detail.tsx';
import { checkAllAndSay } from './key-toasts.ts';
import { KeychainBanner } from './keychain-banner.tsx';
import { KeysDialogs } from './keys-dialogs.tsx';
import { KeysEmpty } from './keys-empty.tsx';
import { KeysList } from './keys-list.tsx';
import { openAddKey, setFilter, showKey, useKeysStore } from './keys-store.ts';
import { messages } from './messages.ts';
import { useKeyCommands } from './use-key-commands.ts';

const UNKNOWN: KeychainStatus = {
  state: 'probing',
  service: '',
  text: '',
  remedy: '',
  probeMs: null,
  memoryAllowed: false,
  vault: 'absent',
  writesTo: null,
};

/** All keys, the selected one, and the state of the place they live in. */
export function KeysScreen() {
  const { data, error, refetch } = useQuery(keysQuery, queryClient);
  const keys = data ?? [];
  const providers = useProviders();
  const status = useAppStatus()?.keychain ?? UNKNOWN;
  const { filter, provider, selectedId } = useKeysStore();
  const { openDraft } = useNavigation();
  const shown = filterKeys(keys, filter, provider);
  // There is always one to act on; a selection that is filtered away or gone falls back to the first.
  const selected = shown.find(({ id }) => id === selectedId) ?? shown[0];
  const list = useRef<FixedRowListHandle>(null);
  const pane = useRef<HTMLElement>(null);
  const action = useRef<HTMLButtonElement>(null);

  useFocusAfterSwap(data ? keys.length === 0 : null, () => (list.current ?? pane.current)?.focus());

  useFocusOnShow(data !== undefined, () => (list.current ?? pane.current)?.focus());

  useIntent('addKey', (intent) => openAddKey(intent.provider));
  useIntent('showKey', (intent) => showKey(intent.id));
  const use = useCallback(
    (key: KeyInfo) => {
      const provider = providers.find(({ id }) => id === key.provider);
      if (provider) openDraft(exampleDraft(provider, key));
    },
    [providers, openDraft],
  );
  useKeyCommands(keys, selected, use);

  // A single letter counts only while the focus is in this pane and not in a field. React would also pass on what
  // happens in dialogs, which lie elsewhere in the DOM.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget } = event;
    if (!(target instanceof HTMLElement) || !currentTarget.contains(target)) return;
    if (event.key !== 'n' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.matches('input, textarea, [contenteditable]')) return;
    event.preventDefault();
    openAddKey(provider ?? undefined);
  };

  const body = () => {
    if (error && !data)
      return (
        <EmptyState
          title={messages.list.loadFailed}
          text={errorText(error)}
          actions={<Button onClick={() => void refetch()}>{messages.list.tryAgain}</Button>}
        />
      );
    if (!data) return null;
    if (keys.length === 0) return <KeysEmpty />;
    if (shown.length === 0) return <NoMatch />;
    return (
      <KeysList
        ref={list}
        keys={shown}
        selectedId={selected?.id ?? null}
        providers={providers}
        onOpen={() => action.current?.focus()}
        onUse={use}
      />
    );
  };

  const listPane = (
    <Pane
      ref={pane}
      label={messages.list.label}
      onKeyDown={onKeyDown}
      className="flex flex-1 flex-col bg-panel"
    >
      {keys.length > 0 && <TitleRow shown={shown} all={keys.length} />}
      <KeychainBanner status={status} hasVaultKeys={keys.some(({ backend }) => backend === 'vault')} />
      <div className="flex min-h-0 flex-1 flex-col">{body()}</div>
    </Pane>
  );
  return (
    <>
      {keys.length === 0 ? (
        listPane
      ) : (
        <SplitPane
          id="keys.main"
          orientation="horizontal"
          className="h-full"
          panes={[
            { id: 'keys', min: 320, content: listPane },
            {
              id: 'details',
              size: 300,
              min: 240,
              max: 480,
              fixed: true,
              content: (
                <Pane label={messages.detail.heading} className="flex-1 bg-panel">
                  {selected ? (
                    <KeyDetail
                      info={selected}
                      provider={providers.find(({ id }) => id === selected.provider)}
                      service={status.service}
                      actionRef={action}
                      onUse={use}
                      onRenamed={() => list.current?.focus()}
                    />
                  ) : (
                    <p className="p-4 text-sm text-muted">{messages.detail.none}</p>
                  )}
                </Pane>
              ),
            },
          ]}
        />
      )}
      <KeysDialogs keys={keys} providers={providers} status={status} />
    </>
  );
}

/**
 * A dialog gives the focus back to what opened it. With the first key the empty state is gone, with the last one the
 * list is: then the pane's new content takes the focus, once the dialog has let go of it.
 */
function useFocusAfterSwap(empty: boolean | null, focus: () => void): void {
  const before = useRef(empty);
  const latest = useRef(focus);
  useEffect(() => {
    latest.current = focus;
  });
  useEffect(() => {
    const swapped = before.current !== null && before.current !== empty;
    before.current = empty;
    if (!swapped) return;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) latest.current();
    }, DIALOG_FADE_MS + 50);
    return () => clearTimeout(timer);
  }, [empty]);
}
const DIALOG_FADE_MS = 120;

function TitleRow({ shown, all }: { shown: readonly { id: string }[]; all: number }) {
  const [progress, setProgress] = useState<number | null>(null);
  const checkAll = async () => {
    setProgress(0);
    await checkAllAndSay(shown, setProgress);
    setProgress(null);
  };
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line pr-2 pl-3">
      <span className="min-w-0 flex-1 truncate text-xs text-muted">
        {messages.list.count(shown.length, all)}
      </span>
      <Button
        size="sm"
        variant="ghost"
        icon={RefreshCw}
        disabled={progress !== null || shown.length === 0}
        onClick={() => void checkAll()}
      >
        {progress === null ? messages.actions.checkAll : messages.actions.checkingAll(progress, shown.length)}
      </Button>
      <Button size="sm" icon={Plus} onClick={() => openAddKey()}>
        {messages.actions.add}
      </Button>
    </div>
  );
}

/** Nothing is left of the keys by filter or provider. */
function NoMatch() {
  const { filter, provider } = useKeysStore();
  const name = useProviders().find(({ id }) => id === provider)?.name;
  if (filter === '' && provider)
    return (
      <EmptyState
        icon={KeyRound}
        title={messages.list.noneOfProvider(name ?? provider)}
        actions={
          <Button variant="primary" icon={Plus} kbd="KeyN" onClick={() => openAddKey(provider)}>
            {messages.actions.add}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      title={messages.list.noMatch(filter)}
      actions={<Button onClick={() => setFilter('')}>{messages.list.clearFilter}</Button>}
    />
  );
}
