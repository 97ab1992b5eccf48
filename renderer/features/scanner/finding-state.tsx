import { BellOff, CircleDashed, FileWarning, GitCommitHorizontal, HardDrive, KeyRound } from 'lucide-react';
import type { FindingRow } from '../../../preload/contract/scanner.ts';
import { messages } from './messages.ts';

const SIGN = 'size-3.5 shrink-0';

/** Is it a stored key, is it marked, does it still stand in a file: the most important of these, in words and a sign. */
export function FindingState({ row }: { row: FindingRow }) {
  if (row.key && !row.mark)
    return (
      <span className="flex min-w-0 items-center gap-1.5 font-medium text-danger">
        <KeyRound aria-hidden="true" className={SIGN} />
        <span className="truncate">= {row.key.name}</span>
        <span className="sr-only">, {messages.state(row)}</span>
      </span>
    );
  const Icon =
    row.mark || row.suppressed
      ? BellOff
      : row.provisional
        ? CircleDashed
        : row.source === 'ignored'
          ? HardDrive
          : row.present
            ? FileWarning
            : GitCommitHorizontal;
  const tone = row.mark || row.suppressed ? 'text-subtle' : row.present ? 'text-warn' : 'text-muted';
  return (
    <span className={`flex min-w-0 items-center gap-1.5 ${tone}`}>
      <Icon aria-hidden="true" className={SIGN} />
      <span className="truncate">{messages.state(row)}</span>
    </span>
  );
}
