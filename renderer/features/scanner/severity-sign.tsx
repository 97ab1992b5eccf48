import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Severity } from '../../../preload/contract/scanner.ts';
import { messages } from './messages.ts';

const LOOK = {
  high: [TriangleAlert, 'text-danger', 'H'],
  medium: [CircleAlert, 'text-warn', 'M'],
  low: [Info, 'text-info', 'L'],
} as const;

/** Severity as shape, colour and letter, so that none of them stands alone. */
export function SeveritySign({ severity, word }: { severity: Severity; word?: boolean }) {
  const [Icon, tone, letter] = LOOK[severity];
  const name = messages.severities[severity];
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`} title={name}>
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {word ? (
        name
      ) : (
        <>
          <span aria-hidden="true" className="font-mono text-2xs font-semibold">
            {letter}
          </span>
          <span className="sr-only">{name}</span>
        </>
      )}
    </span>
  );
}
