import { type Ref, useCallback } from 'react';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { FixedRowList, type FixedRowListHandle } from '../../ui/fixed-row-list.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { shortOrigin } from './bound-origin.ts';
import { keyStateView } from './key-state.ts';
import { openDialog, selectKey, startRename, useKeysStore } from './keys-store.ts';
import { messages } from './messages.ts';
import { StateCell } from './state-cell.tsx';

const text = messages.list.columns;

// The narrower the table, the fewer columns: what is left out stands in the details.
const GRID =
  'grid h-7 items-center gap-3 px-3 grid-cols-[20px_minmax(0,1fr)_56px_128px] ' +
  '@xl:grid-cols-[20px_minmax(0,1fr)_56px_64px_128px] ' +
  '@3xl:grid-cols-[20px_minmax(0,1fr)_56px_minmax(0,1fr)_64px_128px_80px]';
const FROM_XL = 'hidden @xl:block';
const FROM_3XL = 'hidden truncate @3xl:block';

const HINTS = Object.entries(messages.list.hints);

export interface KeysListProps {
  keys: readonly KeyInfo[];
  selectedId: string | null;
  providers: readonly ProviderInfo[];
  /** Enter or double click: the user wants to act on the key. */
  onOpen: () => void;
  /** Opens a request with the key. */
  onUse: (key: KeyInfo) => void;
  ref?: Ref<FixedRowListHandle>;
}

/** Keys as rows. j k ↑ ↓ move, Enter goes to the actions, e uses it, F2 renames, Delete deletes. */
export function KeysList({ keys, selectedId, providers, onOpen, onUse, ref }: KeysListProps) {
  const checking = useKeysStore((view) => view.checking);
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  const active = keys.findIndex(({ id }) => id === selectedId);
  const onKey = useCallback(
    (event: React.KeyboardEvent, index: number) => {
      const key = keys[index];
      if (!key || event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.key === 'F2') startRename(key.id);
      else if (event.key === 'e') onUse(key);
      else if (event.key === 'Delete') openDialog({ kind: 'remove', id: key.id });
      else return false;
      return true;
    },
    [keys, onUse],
  );
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div
        aria-hidden="true"
        className={cx(GRID, 'shrink-0 border-b border-line text-2xs font-medium text-subtle')}
      >
        <span />
        <span>{text.name}</span>
        <span>{text.last4}</span>
        <span className={FROM_3XL}>{text.origin}</span>
        <span className={FROM_XL}>{text.used}</span>
        <span>{text.state}</span>
        <span className={FROM_3XL}>{text.checked}</span>
      </div>
      <FixedRowList
        ref={ref}
        label={messages.list.label}
        count={keys.length}
        rowHeight={28}
        rowKey={(index) => keys[index]?.id ?? index}
        active={active}
        onActiveChange={(index) => selectKey(keys[index]?.id ?? null)}
        onOpen={onOpen}
        onKey={onKey}
        className="min-h-0 flex-1"
        row={(index) => {
          const key = keys[index];
          return key && <Row info={key} provider={byId.get(key.provider)} busy={checking.has(key.id)} />;
        }}
      />
      <div
        aria-hidden="true"
        className="hidden h-7 shrink-0 items-center gap-4 border-t border-line px-3 text-2xs text-subtle @xl:flex"
      >
        {HINTS.map(([caps, what]) => (
          <span key={caps} className="flex items-center gap-1.5">
            <Kbd keys={caps} />
            {what}
          </span>
        ))}
      </div>
    </div>
  );
}

function Row({ info, provider, busy }: { info: KeyInfo; provider: ProviderInfo | undefined; busy: boolean }) {
  return (
    <span className={cx(GRID, 'text-sm')}>
      <ProviderBadge
        letter={provider?.letter ?? '?'}
        accent={provider?.accent ?? 1}
        name={provider?.name ?? info.provider}
      />
      <span className="truncate text-fg">{info.name}</span>
      <span className="font-mono text-xs text-muted">··{info.last4}</span>
      <span className={cx(FROM_3XL, 'text-muted')}>{shortOrigin(info.origin)}</span>
      <span className={cx(FROM_XL, 'text-muted')}>
        {info.lastUsedAt === null ? messages.list.never : <RelativeTime at={info.lastUsedAt} />}
      </span>
      <StateCell view={keyStateView(info, busy)} />
      <RelativeTime at={info.lastCheck?.at ?? null} className={cx(FROM_3XL, 'text-muted')} />
    </span>
  );
}
