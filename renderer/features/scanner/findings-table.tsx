import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Ref } from 'react';
import type { FindingRow } from '../../../preload/contract/scanner.ts';
import { cx } from '../../ui/cx.ts';
import { FixedRowList, type FixedRowListHandle } from '../../ui/fixed-row-list.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { FindingState } from './finding-state.tsx';
import { messages } from './messages.ts';
import { type Order, openDialog, orderBy, selectFinding, useScannerView } from './scanner-view.ts';
import { SeveritySign } from './severity-sign.tsx';
import type { Findings } from './use-findings.ts';

const text = messages.table;

// The narrower the table, the fewer columns: what is left out stands in the details.
const GRID =
  'grid h-7 items-center gap-3 px-3 grid-cols-[34px_minmax(0,1fr)_minmax(0,1.2fr)] ' +
  '@xl:grid-cols-[34px_minmax(0,1fr)_96px_minmax(0,1.4fr)_minmax(0,1fr)] ' +
  '@4xl:grid-cols-[34px_minmax(0,1fr)_96px_minmax(0,1.6fr)_64px_56px_minmax(0,1fr)]';
const FROM_XL = 'hidden @xl:block';
const FROM_4XL = 'hidden @4xl:block';

export interface FindingsTableProps {
  findings: Findings;
  /** Names the repository in front of the path. */
  showRepo: boolean;
  /** Enter or double click. */
  onOpen: () => void;
  ref?: Ref<FixedRowListHandle>;
}

/** Findings as rows of 28 px; j k ↑ ↓ move, Enter goes to the details, Space marks. */
export function FindingsTable({ findings, showRepo, onOpen, ref }: FindingsTableProps) {
  const { findingId, order } = useScannerView();
  const { row, total } = findings;
  // Without a selection the first row is the one to act on.
  const active = total === 0 ? -1 : findingId === null ? 0 : findings.indexOf(findingId);
  const select = (index: number) => {
    const one = row(index);
    if (one) selectFinding(one.id);
  };
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div className={cx(GRID, 'shrink-0 border-b border-line text-2xs font-medium text-subtle')}>
        <SortHead by="severity" order={order} label={text.columns.severity} />
        <SortHead by="rule" order={order} label={text.columns.rule} />
        <span className={FROM_XL}>{text.columns.secret}</span>
        <SortHead by="path" order={order} label={text.columns.path} />
        <span className={FROM_4XL}>{text.columns.commit}</span>
        <SortHead by="at" order={order} label={text.columns.at} className={FROM_4XL} />
        <SortHead by="key" order={order} label={text.columns.key} className={FROM_XL} />
      </div>
      <FixedRowList
        ref={ref}
        label={text.label}
        count={total}
        rowHeight={28}
        rowKey={(index) => row(index)?.id ?? `wait-${index}`}
        active={active}
        onActiveChange={select}
        onOpen={(index) => {
          select(index);
          onOpen();
        }}
        onMark={(index) => {
          const one = row(index);
          if (one && !one.provisional) openDialog({ kind: 'mark', findings: [one] });
        }}
        onView={findings.onView}
        className="min-h-0 flex-1"
        row={(index) => {
          const one = row(index);
          return one ? <Row row={one} showRepo={showRepo} /> : <Waiting />;
        }}
      />
    </div>
  );
}

function Row({ row, showRepo }: { row: FindingRow; showRepo: boolean }) {
  return (
    <span className={cx(GRID, 'text-sm', (row.mark || row.suppressed) && 'opacity-70')}>
      <SeveritySign severity={row.severity} />
      <span className="truncate text-fg">{row.rule}</span>
      <span className={cx(FROM_XL, 'truncate font-mono text-xs text-muted')}>{row.masked}</span>
      <span className="truncate font-mono text-xs text-muted">
        {row.provisional ? (
          <span className="font-sans text-subtle">{text.locating}</span>
        ) : (
          <>
            {showRepo && <span className="text-subtle">{row.repoName} › </span>}
            <span className="text-fg">{row.path || messages.sources[row.source]}</span>:{row.line}
          </>
        )}
      </span>
      <span className={cx(FROM_4XL, 'font-mono text-xs text-muted')}>{row.commit?.slice(0, 7) ?? '–'}</span>
      <RelativeTime at={row.at} className={cx(FROM_4XL, 'truncate text-xs text-muted')} />
      <span className={cx(FROM_XL, 'min-w-0 text-xs')}>
        <FindingState row={row} />
      </span>
    </span>
  );
}

const Waiting = () => (
  <span className={GRID} aria-hidden="true">
    <span className="col-span-3 h-2 w-1/3 rounded-sm bg-hover" />
  </span>
);

function SortHead(props: { by: Order['by']; order: Order; label: string; className?: string }) {
  const { by, order, label, className } = props;
  const active = order.by === by;
  const Arrow = order.descending ? ArrowDown : ArrowUp;
  return (
    <span className={cx('min-w-0', className)}>
      <button
        type="button"
        aria-label={text.sortBy(label, active && !order.descending)}
        aria-pressed={active}
        onClick={() => orderBy(by)}
        className="flex h-6 max-w-full items-center gap-0.5 rounded-sm hover:text-fg"
      >
        <span className="truncate">{label}</span>
        {active && <Arrow size={11} aria-hidden="true" className="shrink-0" />}
      </button>
    </span>
  );
}
