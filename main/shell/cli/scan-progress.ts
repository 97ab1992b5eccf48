// How far a scan is: one line at the foot of a terminal, wiped when it is over. Nothing at all for a pipe.
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { ScanProgress } from '../../core/create-scan.ts';
import { printable } from './output.ts';

/** Ten times a second is as fast as one reads. */
const EVERY_MS = 100;
const PHASES: Record<ScanProgress['phase'], string> = {
  open: 'opening',
  list: 'listing objects',
  read: 'reading',
  locate: 'finding commits',
  files: 'reading files',
};

export interface ScanProgressLine {
  show(repository: string, progress: ScanProgress): void;
  /** A sentence that stays, above the line. */
  note(sentence: string): void;
  end(): void;
}

export function createScanProgress(
  terminal: Writable & { columns?: number },
  live: boolean,
  now: () => number = () => performance.now(),
): ScanProgressLine {
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  let began: { repository: string; at: number } | null = null;
  const wipe = () => {
    if (shown) terminal.write('\r\u001b[K');
    shown = false;
  };
  return {
    show(repository, progress) {
      if (!live || now() - last < EVERY_MS) return;
      last = now();
      if (began?.repository !== repository) began = { repository, at: now() };
      const text = line(repository, progress, now() - began.at);
      terminal.write(`\r${text.slice(0, (terminal.columns || 80) - 1)}\u001b[K`);
      shown = true;
    },
    note(sentence) {
      wipe();
      terminal.write(`${sentence}\n`);
    },
    end: wipe,
  };
}

function line(repository: string, progress: ScanProgress, ms: number): string {
  const { phase, bytes, bytesTotal, objects, objectsTotal, findings } = progress;
  const parts = [printable(path.basename(repository)), PHASES[phase]];
  if (bytesTotal > 0) {
    const share = Math.min(1, bytes / bytesTotal);
    parts.push(`${Math.floor(share * 100)} % of ${objectsTotal.toLocaleString('en-US')}`);
    if (share > 0.02 && share < 1 && ms > 1000) parts.push(`${Math.ceil((ms / share - ms) / 1000)} s left`);
  } else if (objects > 0) parts.push(objects.toLocaleString('en-US'));
  if (findings > 0) parts.push(`${findings.toLocaleString('en-US')} found`);
  return parts.join('  ');
}
