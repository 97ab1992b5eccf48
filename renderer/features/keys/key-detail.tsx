import { Pencil, RefreshCw, Send } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { KeyLeaks } from './key-leaks.tsx';
import { keyStateView } from './key-state.ts';
import { checkAndSay } from './key-toasts.ts';
import { openDialog, startRename, useKeysStore } from './keys-store.ts';
import { messages } from './messages.ts';
import { RenameField } from './rename-field.tsx';
import { StateCell } from './state-cell.tsx';

const text = messages.detail;

export interface KeyDetailProps {
  info: KeyInfo;
  provider: ProviderInfo | undefined;
  /** The OS keychain's own name. */
  service: string;
  /** Where Enter in the list goes. */
  actionRef: Ref<HTMLButtonElement>;
  /** Opens a request with the key. */
  onUse: (info: KeyInfo) => void;
  /** After a rename the focus goes back to the list. */
  onRenamed: () => void;
}

/** Everything that is known of one key; never its value. */
export function KeyDetail({ info, provider, service, actionRef, onUse, onRenamed }: KeyDetailProps) {
  const { renamingId, checking } = useKeysStore();
  const busy = checking.has(info.id);
  const state = keyStateView(info, busy);
  return (
    <div className="flex h-full min-h-0 flex-col overflow-y-auto">
      <header className="flex flex-col gap-1 border-b border-line px-3 py-2">
        {renamingId === info.id ? (
          <RenameField key={info.id} info={info} onDone={onRenamed} />
        ) : (
          <div className="flex min-h-7 items-center gap-2">
            <h3 className="min-w-0 flex-1 text-base font-semibold break-words text-fg select-text">
              {info.name}
            </h3>
            <IconButton
              icon={Pencil}
              size="sm"
              label={messages.actions.rename}
              kbd="F2"
              onClick={() => startRename(info.id)}
            />
          </div>
        )}
        <div className="flex items-center gap-2 text-sm text-muted">
          <ProviderBadge letter={provider?.letter ?? '?'} accent={provider?.accent ?? 1} />
          <span className="min-w-0 flex-1 truncate">{provider?.name ?? info.provider}</span>
          <span className="font-mono text-xs">····{info.last4}</span>
        </div>
      </header>
      <KeyLeaks info={info} />
      <div className="flex flex-col gap-1 border-b border-line px-3 py-2 text-sm">
        <StateCell view={state} />
        <p className="break-words text-muted select-text">{state.detail}</p>
        {info.lastCheck && !busy && (
          <p className="text-xs text-subtle">
            {text.check} <RelativeTime at={info.lastCheck.at} /> ·{' '}
            <span className="font-mono">{text.checkFacts(info.lastCheck.status, info.lastCheck.ms)}</span>
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2 border-b border-line px-3 py-2.5">
        <Button ref={actionRef} icon={RefreshCw} disabled={busy} onClick={() => void checkAndSay(info)}>
          {messages.actions.check}
        </Button>
        <Button icon={Send} disabled={!provider} onClick={() => onUse(info)}>
          {messages.actions.use}
        </Button>
        <Button onClick={() => openDialog({ kind: 'replace', id: info.id })}>
          {messages.actions.replace}
        </Button>
        <Button variant="danger" onClick={() => openDialog({ kind: 'remove', id: info.id })}>
          {messages.actions.remove}
        </Button>
      </div>
      <dl className="flex flex-col gap-2.5 px-3 py-3 text-sm">
        <Fact label={text.lives}>{messages.livesIn(info.backend, service)}</Fact>
        <Fact label={text.bound} help={text.boundHelp} mono>
          {info.origin}
        </Fact>
        {info.baseUrl !== info.origin && (
          <Fact label={text.baseUrl} mono>
            {info.baseUrl}
          </Fact>
        )}
        <Fact label={text.used}>
          {info.lastUsedAt === null ? messages.list.never : formatDateTime(info.lastUsedAt)}
        </Fact>
        <Fact label={text.uses}>{text.usesCount(info.uses)}</Fact>
        <Fact label={text.created}>{formatDateTime(info.createdAt)}</Fact>
      </dl>
    </div>
  );
}

function Fact(props: { label: string; children: ReactNode; help?: string; mono?: boolean }) {
  const { label, children, help, mono } = props;
  return (
    <div>
      <dt className="text-xs text-subtle">{label}</dt>
      <dd className={`break-words text-fg select-text ${mono ? 'font-mono text-xs leading-5' : ''}`}>
        {children}
        {help && <span className="block font-sans text-xs leading-4 text-muted">{help}</span>}
      </dd>
    </div>
  );
}
