import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { formatClock, formatDateTime, formatMs } from '../../ui/format.ts';
import { FROM_2XL, FROM_4XL, GRID, shortDate, tokens } from './columns.ts';
import { dayLabel } from './group-by-day.ts';
import { Highlight } from './highlight.tsx';
import type { Entry } from './join-pages.ts';
import { messages } from './messages.ts';
import { StateLabel } from './state-label.tsx';

/** Names of the columns; read out row by row they would be noise, so they are for the eye. */
export function HistoryHead({ dated }: { dated: boolean }) {
  const text = messages.columns;
  return (
    <div
      aria-hidden="true"
      className={cx(GRID, 'shrink-0 border-b border-line text-2xs font-medium text-subtle')}
    >
      <span>{dated ? text.date : text.time}</span>
      <span />
      <span>{text.name}</span>
      <span>{text.status}</span>
      <span className="text-right">{text.ttft}</span>
      <span className="text-right">{text.total}</span>
      <span className={cx(FROM_2XL, 'text-right')}>{text.tokens}</span>
      <span className={FROM_4XL}>{text.key}</span>
    </div>
  );
}

export interface HistoryRowProps {
  entry: Entry;
  provider: ProviderInfo | undefined;
  /** Date instead of time, where rows are not grouped by day. */
  dated: boolean;
}

/** One request on one line. */
export function HistoryRow({ entry, provider, dated }: HistoryRowProps) {
  return (
    <span className={cx(GRID, 'text-sm')}>
      <time
        dateTime={new Date(entry.at).toISOString()}
        title={formatDateTime(entry.at)}
        className="font-mono text-xs text-muted"
      >
        {dated ? shortDate(entry.at) : formatClock(entry.at)}
      </time>
      <ProviderBadge
        letter={provider?.letter ?? '?'}
        accent={provider?.accent ?? 1}
        name={provider?.name ?? entry.provider}
      />
      <NameAndText entry={entry} />
      <StateLabel state={entry.state} status={entry.status} />
      <span className="text-right font-mono text-xs text-muted">{formatMs(entry.ttft)}</span>
      <span className="text-right font-mono text-xs text-fg">{formatMs(entry.total)}</span>
      <span className={cx(FROM_2XL, 'text-right font-mono text-xs text-muted')}>{tokens(entry)}</span>
      <span className={cx(FROM_4XL, 'text-xs text-muted')}>{entry.keyName ?? messages.list.noKey}</span>
    </span>
  );
}

/** The name, then the beginning of the prompt, or the place where the words were found. */
function NameAndText({ entry }: { entry: Entry }) {
  const { snippet } = entry;
  const name = entry.name || entry.model || messages.list.untitled;
  const inName = snippet?.field === 'name' && entry.name !== '';
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className={cx('max-w-1/2 shrink-0 truncate', entry.name ? 'text-fg' : 'text-muted')}>
        {inName ? <Highlight text={snippet.text} ranges={snippet.ranges} /> : name}
      </span>
      <span className="min-w-0 truncate text-xs text-subtle">
        {snippet && !inName ? (
          <>
            {snippet.field !== 'prompt' && (
              <span className="mr-1.5 text-2xs text-muted">{messages.list.foundIn[snippet.field]}:</span>
            )}
            <Highlight text={snippet.text} ranges={snippet.ranges} />
          </>
        ) : (
          entry.prompt
        )}
      </span>
    </span>
  );
}

/** Between two days; has the height of a row. */
export function DayHeading({ at, now }: { at: number; now: number }) {
  return (
    <span className="flex h-7 items-end px-3 pb-1 text-2xs font-medium text-subtle">{dayLabel(at, now)}</span>
  );
}
