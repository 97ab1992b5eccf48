// Ready examples and what was sent last.
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, ListFilter, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { HistoryRow } from '../../../preload/contract/history.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import type { RequestState } from '../../../preload/contract/requests.ts';
import { getApi } from '../../host/api.ts';
import { useNavigation } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { queryClient } from '../../host/queries.ts';
import { usePersisted } from '../../host/ui-state.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { runCommand } from '../../ui/commands.ts';
import { cx } from '../../ui/cx.ts';
import { formatMs } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type Example, exampleGroups } from './examples.ts';
import { openStored, openTab, useActiveTab } from './explorer-store.ts';
import { endText, messages, phaseText } from './messages.ts';
import { stateLook, statusTone } from './response/state-look.ts';
import { modelsQuery } from './use-request.ts';

export function Sidebar() {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center justify-between pr-2 pl-3 text-sm font-semibold">
        {messages.requests}
        <IconButton
          icon={Plus}
          size="sm"
          label={messages.newRequest}
          onClick={() => runCommand('explorer.new')}
        />
      </div>
      <div className="px-2 pb-2">
        <TextField
          icon={ListFilter}
          aria-label={messages.filter}
          placeholder={messages.filter}
          value={text}
          onChange={setText}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.stopPropagation();
              setText('');
            }
          }}
        />
      </div>
      <div className="min-h-24 flex-1 overflow-y-auto pb-2">
        <Examples wanted={wanted} />
      </div>
      <RecentRuns wanted={wanted} />
    </div>
  );
}

function Examples({ wanted }: { wanted: string }) {
  const providers = useProviders();
  const demo = providers.find((provider) => provider.demo);
  const { data } = useQuery(
    { ...modelsQuery(demo?.id ?? '', '', null), enabled: demo !== undefined },
    queryClient,
  );
  const groups = useMemo(() => exampleGroups(providers, data?.models ?? []), [providers, data]);
  const [closed, setClosed] = usePersisted<Record<string, boolean>>('explorer.closedGroups', {});
  return (
    <ul className="px-1.5">
      {groups.map(({ provider, examples }) => {
        const shown = examples.filter((one) => matches(wanted, one.title, provider.name));
        if (shown.length === 0) return null;
        const open = wanted !== '' || !(closed[provider.id] ?? !provider.demo);
        return (
          <li key={provider.id}>
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setClosed({ ...closed, [provider.id]: open })}
              className="flex h-7 w-full items-center gap-1.5 rounded-md px-1 text-sm text-muted hover:bg-hover"
            >
              <ChevronRight size={14} aria-hidden="true" className={cx('shrink-0', open && 'rotate-90')} />
              <span className="truncate">{provider.name}</span>
              <span className="ml-auto pr-1 font-mono text-2xs text-subtle">{shown.length}</span>
            </button>
            {open && (
              <ul>
                {shown.map((example) => (
                  <ExampleRow key={example.id} example={example} provider={provider} />
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function ExampleRow({ example, provider }: { example: Example; provider: ProviderInfo }) {
  return (
    <li>
      <button
        type="button"
        onClick={() => openTab(example.draft)}
        title={example.title}
        className="flex h-7 w-full items-center gap-2 rounded-md pr-1.5 pl-6 text-sm hover:bg-hover"
      >
        <ProviderBadge letter={provider.letter} accent={provider.accent} />
        <span className="truncate">{example.title}</span>
        <span className="ml-auto font-mono text-3xs text-subtle">{example.tag}</span>
      </button>
    </li>
  );
}

function RecentRuns({ wanted }: { wanted: string }) {
  const navigation = useNavigation();
  const { data } = useQuery(
    {
      queryKey: ['history', 'recent'],
      queryFn: ({ signal }) => getApi()['history.list']({ limit: 30 }, { signal }),
    },
    queryClient,
  );
  const shownId = useActiveTab()?.shown;
  const providers = useProviders();
  const rows = (data?.rows ?? []).filter((row) =>
    matches(wanted, row.name, row.prompt, row.provider, row.model ?? ''),
  );
  return (
    <section className="flex max-h-[45%] shrink-0 flex-col border-t border-line px-1.5 py-1.5">
      <div className="flex h-7 shrink-0 items-center justify-between px-1.5">
        <h3 className="text-xs font-semibold text-muted">{messages.recentRuns}</h3>
        {rows.length > 0 && (
          <button
            type="button"
            onClick={() => navigation.go('history')}
            className="h-6 rounded-sm px-1 text-2xs text-subtle hover:text-fg"
          >
            {messages.allHistory}
          </button>
        )}
      </div>
      {data && rows.length === 0 && (
        <p className="px-1.5 text-xs text-subtle">{wanted ? messages.noMatch : messages.noRuns}</p>
      )}
      <ul className="min-h-0 overflow-y-auto">
        {rows.map((row) => (
          <RunRow
            key={row.id}
            row={row}
            provider={providers.find((one) => one.id === row.provider)}
            current={row.id === shownId}
          />
        ))}
      </ul>
    </section>
  );
}

function RunRow({
  row,
  provider,
  current,
}: {
  row: HistoryRow;
  provider: ProviderInfo | undefined;
  current: boolean;
}) {
  const state = row.state === 'streaming' ? phaseText.streaming : endText[row.state];
  return (
    <li>
      <button
        type="button"
        aria-current={current || undefined}
        onClick={() => openStored(row.id)}
        title={`${row.name || row.prompt}\n${state}`}
        className={cx(
          'flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-sm',
          current ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        {provider && <ProviderBadge letter={provider.letter} accent={provider.accent} name={provider.name} />}
        <RunState state={row.state} status={row.status} word={state} />
        <span className="min-w-0 flex-1 truncate text-left text-muted">
          {row.name || row.prompt || row.model}
        </span>
        {row.total !== null && (
          <span className="shrink-0 font-mono text-2xs text-subtle">{formatMs(row.total)}</span>
        )}
        <RelativeTime at={row.at} className="w-7 shrink-0 text-right font-mono text-2xs text-subtle" />
      </button>
    </li>
  );
}

// The number says all of a whole answer or a refused request; any other end is an icon with its word for readers, since
// a 200 whose stream then broke is no success and the room is for the name.
function RunState({ state, status, word }: { state: RequestState; status: number | null; word: string }) {
  const told = state === 'complete' || (state === 'error' && status !== null && status >= 400);
  if (told && status !== null)
    return (
      <span className={cx('w-7 shrink-0 text-left font-mono text-xs', statusTone(status))}>{status}</span>
    );
  const [Icon, tone] = stateLook(state);
  return (
    <span className={cx('flex w-7 shrink-0', tone)}>
      <Icon size={14} aria-hidden="true" />
      <span className="sr-only">{word}</span>
    </span>
  );
}

const matches = (wanted: string, ...texts: string[]): boolean =>
  wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
