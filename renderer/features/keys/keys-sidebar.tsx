import { KeyRound, Plus, Search, X } from 'lucide-react';
import { useKeys } from '../../host/keys.ts';
import { useProviders } from '../../host/providers.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { countByProvider } from './filter-keys.ts';
import { openAddKey, setFilter, setProvider, useKeysStore } from './keys-store.ts';
import { messages } from './messages.ts';

/** Filter by words and by provider. */
export function KeysSidebar() {
  const keys = useKeys();
  const providers = useProviders().filter(({ key }) => key !== 'none');
  const { filter, provider: chosen } = useKeysStore();
  const counts = countByProvider(keys);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-9 shrink-0 items-center gap-1 pr-2 pl-3">
        <span className="flex-1 text-sm font-semibold text-fg">{messages.title}</span>
        <IconButton icon={Plus} size="sm" label={messages.actions.add} onClick={() => openAddKey()} />
      </header>
      <div className="px-2 pb-2">
        <TextField
          aria-label={messages.list.filter}
          placeholder={messages.list.filter}
          icon={Search}
          value={filter}
          onChange={setFilter}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || filter === '') return;
            event.stopPropagation();
            setFilter('');
          }}
          trailing={
            filter !== '' && (
              <IconButton
                icon={X}
                size="sm"
                label={messages.list.clearFilter}
                className="-mr-1.5"
                onClick={() => setFilter('')}
              />
            )
          }
        />
      </div>
      <h3 className="px-3 pt-1 pb-1 text-xs font-medium text-muted">{messages.list.providers}</h3>
      <ul className="min-h-0 flex-1 overflow-y-auto px-1.5">
        <ProviderItem
          label={messages.list.all}
          count={keys.length}
          active={chosen === null}
          onClick={() => setProvider(null)}
          leading={<KeyRound size={14} aria-hidden="true" className="mx-0.5 shrink-0 text-muted" />}
        />
        {providers.map(({ id, name, letter, accent }) => (
          <ProviderItem
            key={id}
            label={name}
            count={counts.get(id) ?? 0}
            active={chosen === id}
            onClick={() => setProvider(chosen === id ? null : id)}
            leading={<ProviderBadge letter={letter} accent={accent} />}
          />
        ))}
      </ul>
    </div>
  );
}

function ProviderItem(props: {
  label: string;
  count: number;
  active: boolean;
  onClick: () => void;
  leading: React.ReactNode;
}) {
  const { label, count, active, onClick, leading } = props;
  return (
    <li>
      <button
        type="button"
        aria-pressed={active}
        onClick={onClick}
        className={cx(
          'flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-left text-sm',
          active ? 'bg-selected text-fg' : 'text-muted hover:bg-hover hover:text-fg',
        )}
      >
        {leading}
        <span className="min-w-0 flex-1 truncate">{label}</span>
        <span className="font-mono text-2xs text-subtle">{count}</span>
      </button>
    </li>
  );
}
