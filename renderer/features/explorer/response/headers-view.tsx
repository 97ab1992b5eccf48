import type { Attempt } from '../../../stream/pane.ts';
import { KeyValueTable } from '../../../ui/key-value-table.tsx';
import { messages } from '../messages.ts';

/** Headers that came back and headers that left, the last try first. */
export function HeadersView({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <p className="p-3 text-sm text-subtle">{messages.noAttempts}</p>;
  return (
    <div className="flex flex-col pb-3">
      {attempts.toReversed().map(({ sent, head }) => (
        <section key={sent.n}>
          <Title
            text={
              attempts.length > 1
                ? `${messages.attempt(sent.n)} · ${messages.responseHeaders}`
                : messages.responseHeaders
            }
            note={head ? `${head.status} ${head.statusText}`.trim() : messages.noAnswer}
          />
          {head ? (
            <KeyValueTable
              pairs={head.headers}
              label={`${messages.responseHeaders}, ${messages.attempt(sent.n)}`}
            />
          ) : (
            <p className="px-3 py-1 text-xs text-subtle">{messages.noHeaders}</p>
          )}
          <Title text={messages.requestHeaders} note={`${sent.method} ${sent.url}`} />
          <KeyValueTable
            pairs={sent.headers}
            label={`${messages.requestHeaders}, ${messages.attempt(sent.n)}`}
          />
        </section>
      ))}
    </div>
  );
}

function Title({ text, note }: { text: string; note: string }) {
  return (
    <h3 className="flex min-w-0 items-baseline gap-2 px-3 pt-3 pb-1 text-xs font-semibold">
      <span className="shrink-0">{text}</span>
      <span className="truncate font-mono font-normal text-subtle">{note}</span>
    </h3>
  );
}
