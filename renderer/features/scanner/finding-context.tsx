import type { FindingDetail } from '../../../preload/contract/scanner.ts';
import { cx } from '../../ui/cx.ts';
import { messages } from './messages.ts';

/** The lines around a finding, every secret in them masked by core. */
export function FindingContext({ context, line }: { context: FindingDetail['context']; line: number }) {
  if (context.problem) return <p className="px-3 py-2 text-sm text-muted">{context.problem}</p>;
  return (
    <section aria-label={messages.detail.context} className="shrink-0 overflow-x-auto bg-input py-1.5">
      <ol className="w-max min-w-full font-mono text-xs leading-5">
        {context.lines.map((one) => (
          <li
            key={one.line}
            {...(one.line === line ? { 'aria-current': true } : {})}
            className={cx('flex pr-3 select-text', one.line === line && 'bg-danger/10')}
          >
            <span aria-hidden="true" className="w-14 shrink-0 pr-3 text-right text-subtle select-none">
              {one.line}
            </span>
            <span className="whitespace-pre text-fg">
              {parts(one.text, one.masked).map(({ text, masked, at }) =>
                masked ? (
                  <mark key={at} className="rounded-sm bg-danger/20 px-0.5 text-fg">
                    {text}
                  </mark>
                ) : (
                  <span key={at}>{text}</span>
                ),
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A line cut at the ends of what was masked. */
function parts(text: string, masked: readonly (readonly [number, number])[]) {
  const out: { text: string; masked: boolean; at: number }[] = [];
  let at = 0;
  for (const [from, to] of masked) {
    if (from > at) out.push({ text: text.slice(at, from), masked: false, at });
    out.push({ text: text.slice(from, to), masked: true, at: from });
    at = to;
  }
  if (at < text.length) out.push({ text: text.slice(at), masked: false, at });
  return out;
}
