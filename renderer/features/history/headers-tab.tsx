import type { Attempt } from '../../stream/pane.ts';
import { KeyValueTable } from '../../ui/key-value-table.tsx';
import { messages } from './messages.ts';

const text = messages.detail;

/** What was sent and what came back, attempt by attempt, the last one first. */
export function HeadersTab({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <p className="p-3 text-sm text-muted">{text.noAttempt}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section aria-label={text.headers} tabIndex={0} className="h-full overflow-y-auto">
      {attempts.toReversed().map(({ sent, head, wait }) => (
        <div key={sent.n} className="border-b border-line pb-2 last:border-b-0">
          <h3 className="flex flex-wrap items-baseline gap-x-3 px-3 pt-2.5 pb-1 text-sm font-medium text-fg">
            {text.attempt(sent.n, attempts.length)}
            <span className="font-mono text-xs font-normal break-all text-muted select-text">
              {sent.method} {sent.url}
            </span>
          </h3>
          {wait && <p className="px-3 pb-1 text-xs text-warn">{text.waited(wait.ms, wait.reason.because)}</p>}
          <h4 className="px-3 pt-1 pb-0.5 text-xs font-medium text-muted">
            {text.responseHeaders}
            {head && ` · ${head.status} ${head.statusText}`}
          </h4>
          {head ? (
            <KeyValueTable pairs={head.headers} label={text.responseHeaders} />
          ) : (
            <p className="px-3 py-1 text-sm text-muted">{text.noHeaders}</p>
          )}
          <h4 className="px-3 pt-2 pb-0.5 text-xs font-medium text-muted">{text.requestHeaders}</h4>
          <KeyValueTable pairs={sent.headers} label={text.requestHeaders} />
        </div>
      ))}
    </section>
  );
}
