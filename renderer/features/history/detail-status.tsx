import type { ReactNode } from 'react';
import { formatMs, formatTokens } from '../../ui/format.ts';
import type { Entry } from './join-pages.ts';
import { messages } from './messages.ts';
import { StateLabel } from './state-label.tsx';

const text = messages.detail;

/** The status line over the tabs: state and figures of one request. Parts that do not fit drop off at the right. */
export function DetailStatus({ entry }: { entry: Entry }) {
  const { usage } = entry;
  return (
    <div className="flex h-7 shrink-0 flex-wrap items-center gap-x-4 overflow-hidden border-b border-line bg-raised px-3 text-2xs *:h-7">
      <span className="flex items-center text-sm">
        <StateLabel state={entry.state} status={entry.status} />
      </span>
      <Figure label={messages.columns.ttft}>{formatMs(entry.ttft)}</Figure>
      <Figure label={messages.columns.total}>{formatMs(entry.total)}</Figure>
      <Figure label={text.inOut}>
        {formatTokens(usage?.input)} / {atLeast(entry.state, usage?.output)}
      </Figure>
      {entry.model && <Figure label={text.model}>{entry.model}</Figure>}
      {entry.attempts > 1 && <Figure label={text.attempts}>{entry.attempts}</Figure>}
      {entry.keyName && <Figure label={text.key}>{entry.keyName}</Figure>}
    </div>
  );
}

/** The last count comes at the end: without that end it is a lower bound. */
const atLeast = (state: Entry['state'], output: number | null | undefined): string =>
  `${state !== 'complete' && output != null ? '≥ ' : ''}${formatTokens(output)}`;

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="text-subtle">{label}</span>
      <span className="max-w-60 truncate font-mono text-xs text-fg select-text">{children}</span>
    </span>
  );
}
