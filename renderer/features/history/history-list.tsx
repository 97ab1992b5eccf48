import { type Ref, useLayoutEffect, useMemo, useRef } from 'react';
import { useProviders } from '../../host/providers.ts';
import { FixedRowList, type FixedRowListHandle } from '../../ui/fixed-row-list.tsx';
import { useNow } from '../../ui/relative-time.tsx';
import { groupByDay, type Line, landOn } from './group-by-day.ts';
import { DayHeading, HistoryHead, HistoryRow } from './history-row.tsx';
import { askDelete, selectEntry, useHistoryView } from './history-view.ts';
import type { Entry } from './join-pages.ts';
import { messages } from './messages.ts';

const ROW = 28;

export interface HistoryListProps {
  rows: readonly Entry[];
  /** Best match: no days. */
  ranked: boolean;
  onNearEnd: () => void;
  onOpen: (entry: Entry) => void;
  ref?: Ref<FixedRowListHandle>;
}

/** Requests as rows of 28 px, newest first under the name of their day, or best match first. */
export function HistoryList({ rows, ranked, onNearEnd, onOpen, ref }: HistoryListProps) {
  const selectedId = useHistoryView((view) => view.selectedId);
  const providers = useProviders();
  const byId = useMemo(() => new Map(providers.map((provider) => [provider.id, provider])), [providers]);
  const now = useNow();
  const lines = useMemo<Line<Entry>[]>(
    () => (ranked ? rows.map((row) => ({ kind: 'row', row })) : groupByDay(rows)),
    [rows, ranked],
  );
  const own = useRef<FixedRowListHandle>(null);
  useKeepPlace(own, lines);

  const active = lines.findIndex((line) => line.kind === 'row' && line.row.id === selectedId);
  const select = (index: number) => {
    const line = lines[landOn(lines, index, active)];
    if (line?.kind === 'row') selectEntry(line.row.id);
  };
  const entryAt = (index: number) => {
    const line = lines[index];
    return line?.kind === 'row' ? line.row : undefined;
  };
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <HistoryHead dated={ranked} />
      <FixedRowList
        ref={(handle) => {
          own.current = handle;
          if (typeof ref === 'function') ref(handle);
          else if (ref) ref.current = handle;
        }}
        label={ranked ? messages.list.bestLabel : messages.list.label}
        count={lines.length}
        rowHeight={ROW}
        rowKey={(index) => lineKey(lines[index], index)}
        active={active}
        onActiveChange={select}
        onOpen={(index) => {
          const entry = entryAt(index);
          if (entry) onOpen(entry);
        }}
        onKey={(event, index) => {
          const entry = entryAt(index);
          if (event.key !== 'Delete' || !entry) return false;
          askDelete({ id: entry.id, name: entry.name });
          return true;
        }}
        onNearEnd={onNearEnd}
        rowClassName={(index) => (lines[index]?.kind === 'day' ? 'hover:bg-transparent' : undefined)}
        className="min-h-0 flex-1"
        row={(index) => {
          const line = lines[index];
          if (!line) return null;
          if (line.kind === 'day') return <DayHeading at={line.at} now={Math.max(now, line.at)} />;
          return <HistoryRow entry={line.row} provider={byId.get(line.row.provider)} dated={ranked} />;
        }}
      />
    </div>
  );
}

const lineKey = (line: Line<Entry> | undefined, index: number): string | number =>
  line ? (line.kind === 'day' ? line.day : line.row.id) : index;

/**
 * Rows that come in above what is being read must not push it away: the row at the top stays where it is. At the very
 * top the newest rows are what one wants to see, so there the list moves.
 */
function useKeepPlace(list: { current: FixedRowListHandle | null }, lines: readonly Line<Entry>[]): void {
  const before = useRef(lines);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = lines;
    const element = list.current?.element;
    if (!element || old === lines || element.scrollTop < ROW) return;
    const first = old.findIndex(
      (line, index) => line.kind === 'row' && index * ROW >= element.scrollTop - ROW,
    );
    const anchor = old[first];
    if (anchor?.kind !== 'row') return;
    const now = lines.findIndex((line) => line.kind === 'row' && line.row.id === anchor.row.id);
    if (now >= 0 && now !== first) element.scrollTop += (now - first) * ROW;
  }, [list, lines]);
}
