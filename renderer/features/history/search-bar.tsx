import type { RefObject } from 'react';
import { errorText } from '../../host/api.ts';
import { useProviders } from '../../host/providers.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { useDelayed } from '../../ui/use-delayed.ts';
import { setOrder, useHistoryView } from './history-view.ts';
import { messages } from './messages.ts';
import type { Unknown } from './query.ts';
import { SearchField } from './search-field.tsx';
import type { HistoryList } from './use-history-list.ts';

const text = messages.search;

export interface SearchBarProps {
  inputRef: RefObject<HTMLInputElement | null>;
  onDown: () => void;
  list: HistoryList;
  /** The words that are searched for. */
  text: string;
  unknown: readonly Unknown[];
}

/** Search, order and how many there are; below it what is wrong with the search, if anything. */
export function SearchBar({ inputRef, onDown, list, text: words, unknown }: SearchBarProps) {
  const order = useHistoryView((view) => view.order);
  const providers = useProviders();
  const late = useDelayed(list.stale);
  const problem =
    unknown.length > 0
      ? text.unknown(
          unknown,
          providers.map(({ id }) => id),
        )
      : null;
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-2 py-1.5">
        <SearchField inputRef={inputRef} onDown={onDown} />
        <Select
          aria-label={text.order}
          value={order}
          onChange={setOrder}
          items={[
            { value: 'newest', label: text.newest },
            { value: 'best', label: text.best },
          ]}
          className="w-28 shrink-0"
        />
        <span role="status" className="min-w-24 shrink-0 text-right font-mono text-2xs text-muted">
          {late
            ? text.searching
            : !list.pending &&
              (list.rows.length > 0 || words !== '') &&
              text.count(list.rows.length, list.total)}
        </span>
      </div>
      {problem && <Note>{problem}</Note>}
      {order === 'best' && words === '' && !problem && <Note>{text.bestNeedsText}</Note>}
      {list.error && list.rows.length > 0 && (
        <div
          className="flex items-center gap-2 border-b border-line px-3 py-1 text-xs text-danger"
          role="alert"
        >
          <span className="min-w-0 flex-1">{errorText(list.error)}</span>
          <Button size="sm" onClick={list.reload}>
            {messages.list.tryAgain}
          </Button>
        </div>
      )}
    </>
  );
}

function Note({ children }: { children: string }) {
  return (
    <p role="status" className="shrink-0 border-b border-line px-3 py-1 text-xs text-warn">
      {children}
    </p>
  );
}
