import { History } from 'lucide-react';
import { useRef } from 'react';
import { errorText } from '../../host/api.ts';
import { useIntent, useNavigation } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { useSettings } from '../../host/settings.ts';
import { useFocusOnShow } from '../../host/use-focus-on-show.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FixedRowListHandle } from '../../ui/fixed-row-list.tsx';
import { Pane } from '../../ui/pane.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { DeleteDialogs } from './delete-dialogs.tsx';
import { HistoryDetail } from './history-detail.tsx';
import { HistoryList } from './history-list.tsx';
import { searchFor, selectEntry, useHistoryView } from './history-view.ts';
import { messages } from './messages.ts';
import { NoMatch } from './no-match.tsx';
import { effectiveQuery } from './query.ts';
import { reopen } from './reopen.ts';
import { SearchBar } from './search-bar.tsx';
import { useEntry } from './use-entry.ts';
import { useFocusSearch } from './use-focus-search.ts';
import { useHistoryList } from './use-history-list.ts';

/** Typing is not searched letter by letter. */
const SETTLE_MS = 150;

/** Everything that was sent: search, list and the selected request. */
export function HistoryScreen() {
  const { terms, input, order, selectedId } = useHistoryView();
  const providers = useProviders();
  const navigation = useNavigation();
  const typed = effectiveQuery(terms, input, providers);
  const text = useDebounced(typed.text, SETTLE_MS);
  const list = useHistoryList(typed.terms, text, order);
  const search = useRef<HTMLInputElement>(null);
  const rows = useRef<FixedRowListHandle>(null);
  const selected = useEntry(selectedId, list.rows);

  useIntent('searchHistory', ({ q }) => searchFor(q));
  useIntent('showRequest', ({ id }) => {
    searchFor('');
    selectEntry(id);
  });
  useFocusOnShow(!list.pending, () => (rows.current ?? search.current)?.focus());
  // After the above: who asked for the search gets it.
  useFocusSearch(search);

  const searching = typed.terms.length > 0 || text !== '';
  const body = () => {
    if (list.error && list.rows.length === 0)
      return (
        <EmptyState
          title={messages.failed.title}
          text={errorText(list.error)}
          actions={<Button onClick={list.reload}>{messages.failed.tryAgain}</Button>}
        />
      );
    if (list.pending) return null;
    if (list.rows.length > 0)
      return (
        <HistoryList
          ref={rows}
          rows={list.rows}
          ranked={order === 'best' && text !== ''}
          onNearEnd={list.loadMore}
          onOpen={(entry) => void reopen(navigation, entry.id)}
        />
      );
    return searching ? <NoMatch terms={typed.terms} text={text} /> : <NothingYet />;
  };

  const listPane = (
    <Pane label={messages.title} className="flex flex-1 flex-col bg-panel">
      {body()}
    </Pane>
  );
  return (
    <>
      {/* Not inside the split: panes that come and go would take the focus from the field in mid-word. */}
      <Pane label={messages.search.pane}>
        <SearchBar
          inputRef={search}
          onDown={() => rows.current?.focus()}
          list={list}
          text={text}
          unknown={typed.unknown}
        />
      </Pane>
      {list.rows.length === 0 && !selected ? (
        listPane
      ) : (
        <SplitPane
          id="history.main"
          orientation="vertical"
          className="min-h-0 flex-1"
          panes={[
            { id: 'requests', size: '55%', min: 140, content: listPane },
            {
              id: 'details',
              size: '45%',
              min: 140,
              content: (
                <Pane label={messages.detail.label} className="flex-1 bg-panel">
                  {selected ? (
                    <HistoryDetail key={selected.id} entry={selected} />
                  ) : (
                    <p className="p-4 text-sm text-muted">{messages.detail.none}</p>
                  )}
                </Pane>
              ),
            },
          ]}
        />
      )}
      <DeleteDialogs
        onDeleted={(id) => {
          const index = list.rows.findIndex((row) => row.id === id);
          selectEntry((list.rows[index + 1] ?? list.rows[index - 1])?.id ?? null);
        }}
      />
    </>
  );
}

/** Nothing was ever sent, or nothing is kept. */
function NothingYet() {
  const navigation = useNavigation();
  const keep = useSettings()['history.keep'];
  return (
    <EmptyState
      icon={History}
      title={messages.empty.title}
      text={keep ? messages.empty.text : messages.empty.off}
      actions={<Button onClick={() => navigation.go('explorer')}>{messages.empty.action}</Button>}
    />
  );
}
