// Starts the sampler and reads what it found. The keys go to it through a pipe: arguments and environment are what it
// looks at.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Canaries } from './canaries.ts';
import type { Ledger } from './ledger.ts';
import type { SamplerInput, SamplerReport } from './process-sampler.ts';

/** 50 times a second is asked for, so that 20 are left on a busy machine. */
const EVERY_MS = 20;

export interface ProcessWatch {
  add(alias: string, text: string): void;
  /** Ends it; findings go into the ledger. */
  stop(): Promise<SamplerReport>;
}

/** `mark`: a text in the environment of every process that belongs to the run. */
export async function watchProcesses(
  ledger: Ledger,
  { markers, all }: Canaries,
  mark: string,
): Promise<ProcessWatch> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'process-sampler.ts')], {
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const tell = (input: SamplerInput) => void child.stdin.write(`${JSON.stringify(input)}\n`);
  tell({ canaries: { markers, all }, mark, everyMs: EVERY_MS });
  const lines = createInterface({ input: child.stdout });
  const over = once(child, 'exit').then(() => Promise.reject(new Error('The process sampler ended early.')));
  over.catch(() => {});
  await Promise.race([once(lines, 'line'), over]);
  return {
    add: (alias, text) => tell({ add: { alias, text } }),
    async stop() {
      const answer = once(lines, 'line');
      child.stdin.end();
      const [line] = (await Promise.race([answer, over])) as [string];
      const report = JSON.parse(line) as SamplerReport;
      for (const hit of report.hits) ledger.report(hit);
      return report;
    },
  };
}
