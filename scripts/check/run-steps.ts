// Runs steps one after the other and prints one line for each, with time and number of files.
import type { Step } from './steps.ts';

export interface Tally {
  passed: number;
  failed: number;
}

export async function runSteps(label: string, steps: Step[], print: (text: string) => void): Promise<Tally> {
  const tally = { passed: 0, failed: 0 };
  for (const { name, run } of steps) {
    const start = performance.now();
    const { ok, seen, output } = await run().catch((error: unknown) => ({
      ok: false,
      seen: 1,
      output: String(error),
    }));
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
    const good = ok && seen > 0;
    print(`${label}  ${name.padEnd(26)} ${seconds} s  ${good ? `ok, ${seen} files` : 'FAILED'}`);
    if (!good)
      print(seen === 0 ? `It looked at no file at all, so it shows nothing.\n${output}` : output.trim());
    tally[good ? 'passed' : 'failed']++;
  }
  return tally;
}
