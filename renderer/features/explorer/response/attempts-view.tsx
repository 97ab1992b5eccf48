// Every HTTP try: what came back, when, and how long the app then waited by whose order.
import type { Attempt, Pane } from '../../../stream/pane.ts';
import { cx } from '../../../ui/cx.ts';
import { formatBytes, formatMs } from '../../../ui/format.ts';
import { messages } from '../messages.ts';
import { statusTone } from './state-look.ts';
import { Countdown, WaitActions } from './wait-actions.tsx';

export function AttemptsView({ tabId, pane }: { tabId: string; pane: Pane }) {
  const { attempts, phase, id } = pane.facts;
  if (attempts.length === 0) return <p className="p-3 text-sm text-subtle">{messages.noAttempts}</p>;
  return (
    <ol className="flex flex-col gap-2 p-3">
      {attempts.map((attempt, i) => {
        const waiting = phase === 'retrying' && i === attempts.length - 1 && attempt.wait;
        return (
          <li key={attempt.sent.n} className="rounded-lg border border-line">
            <AttemptHead attempt={attempt} />
            {attempt.wait && (
              <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-1.5 text-xs text-muted">
                {waiting ? (
                  <>
                    <span className="text-warn">{attempt.wait.reason.because}</span>
                    <Countdown pane={pane} wait={waiting} />
                    <span className="ml-auto flex gap-2">
                      <WaitActions tabId={tabId} id={id} />
                    </span>
                  </>
                ) : (
                  `${attempt.wait.reason.because}. ${messages.waited(attempt.wait.ms, messages.by[attempt.wait.reason.source])}.`
                )}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function AttemptHead({ attempt: { sent, head } }: { attempt: Attempt }) {
  const timing = head?.timing;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-3 py-1.5">
      <h3 className="text-sm font-medium">{messages.attempt(sent.n)}</h3>
      <span className={cx('font-mono text-xs', statusTone(head?.status ?? null))}>
        {head ? `${head.status} ${head.statusText}`.trim() : messages.noAnswer}
      </span>
      <span className="min-w-0 flex-1 truncate font-mono text-2xs text-subtle" title={sent.url}>
        {sent.method} {sent.url}
      </span>
      <dl className="flex flex-wrap gap-x-3 text-2xs text-subtle">
        <Time name={messages.sentBytes} value={`+${formatMs(sent.t)}, ${formatBytes(sent.bodyBytes)}`} />
        {timing && timing.connect !== null && (
          <Time name={messages.connect} value={formatMs(timing.connect)} />
        )}
        {timing && timing.headers !== null && (
          <Time name={messages.headersTime} value={formatMs(timing.headers)} />
        )}
        {timing && timing.firstByte !== null && (
          <Time name={messages.firstByte} value={formatMs(timing.firstByte)} />
        )}
      </dl>
    </div>
  );
}

function Time({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-1">
      <dt>{name}</dt>
      <dd className="font-mono text-muted">{value}</dd>
    </div>
  );
}
