// The events as rows of 24 px under their column heads. It may hold hundreds of thousands.
import { useEffect, useRef } from 'react';
import { cx } from '../ui/cx.ts';
import { FixedRowList, type FixedRowListHandle } from '../ui/fixed-row-list.tsx';
import type { EventRow } from './event-columns.ts';
import type { EventMatches } from './event-filter.ts';
import { pageScheduler } from './flush-scheduler.ts';
import { messages } from './messages.ts';
import type { Pane } from './pane.ts';
import { usePane } from './use-pane.ts';

const ROW = 24;
/** Rows in the DOM are reused in turn: following the newest event changes their text and makes no elements. */
const POOL = 128;
const GRID = 'grid grid-cols-[44px_64px_minmax(90px,170px)_minmax(0,1fr)] gap-x-3 px-3';

export interface EventListProps {
  pane: Pane;
  matches: EventMatches;
  /** Position in `matches` of the row under the keyboard; -1: none. */
  cursor: number;
  onCursor: (position: number) => void;
  onOpen: (position: number) => void;
  /** Stay at the newest event. */
  follow: boolean;
  onFollow: (follow: boolean) => void;
}

export function EventList({ pane, matches, cursor, onCursor, onOpen, follow, onFollow }: EventListProps) {
  usePane(pane);
  const list = useRef<FixedRowListHandle>(null);
  const count = matches.update();
  // A stored answer is read from its first event; a live one stays at its last also when that was the end.
  const following = follow && pane.startedAt !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new row moves the end
  useEffect(() => {
    const element = list.current?.element;
    if (following && element) pageScheduler().scrollToEnd(element);
  }, [following, count]);

  if (count === 0) {
    const text = pane.events.length === 0 ? messages.noEvents : messages.noMatch;
    return <p className="px-3 py-2 text-xs text-subtle">{text}</p>;
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <ColumnHeads />
      <FixedRowList
        ref={list}
        label={messages.timeline}
        count={count}
        rowHeight={ROW}
        rowKey={(position) => position % POOL}
        active={cursor}
        onActiveChange={(position) => {
          onFollow(false);
          onCursor(position);
        }}
        onOpen={onOpen}
        row={(position) => <Cells row={pane.events.row(matches.row(position))} />}
        className="min-h-0 flex-1"
      />
    </div>
  );
}

function ColumnHeads() {
  const { index, gap, event, data } = messages.columns;
  return (
    <div
      aria-hidden="true"
      className={cx(GRID, 'h-6 shrink-0 items-center border-b border-line font-mono text-2xs text-subtle')}
    >
      <span>{index}</span>
      <span className="text-right">{gap}</span>
      <span>{event}</span>
      <span>{data}</span>
    </div>
  );
}

function Cells({ row }: { row: EventRow }) {
  return (
    <span className={cx(GRID, 'h-6 items-center font-mono text-2xs')}>
      <span className="text-subtle">{row.index}</span>
      <span className={cx('text-right', row.late ? 'font-medium text-warn' : 'text-muted')}>
        {row.late && <span title={messages.lateGap(row.gap)}>▲ </span>}+{Math.round(row.gap)}
      </span>
      <span className={cx('truncate', eventTone(row))}>{row.name || 'message'}</span>
      <span className="truncate text-muted">{row.preview}</span>
    </span>
  );
}

function eventTone(row: EventRow): string {
  if (row.name === 'error') return 'text-danger';
  if (row.name === 'ping') return 'text-subtle';
  return row.lane === null ? 'text-info' : 'text-accent';
}
