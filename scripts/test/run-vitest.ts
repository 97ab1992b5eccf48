// Runs vitest as a child and brings back the true counts.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../check/source-files.ts';
import type { Summary } from './summary.ts';

/** @param args path filters and vitest options */
export async function runVitest(args: string[]): Promise<Summary> {
  const folder = mkdtempSync(path.join(tmpdir(), 'keybench-test-'));
  const file = path.join(folder, 'summary.json');
  try {
    const code = await vitest(args, file);
    return counted(file, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitest(args: string[], file: string): Promise<number | null> {
  const script = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
  const own = ['run', '--reporter=default', '--reporter=./scripts/test/summary-reporter.ts'];
  const child = spawn(process.execPath, [script, ...own, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, KEYBENCH_TEST_SUMMARY: file },
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code));
  });
}

/** No summary, no test at all, or a bad exit that no test explains: each is a failure. */
function counted(file: string, code: number | null): Summary {
  let summary: Summary;
  try {
    summary = JSON.parse(readFileSync(file, 'utf8')) as Summary;
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
  const nothing = summary.passed + summary.skipped.length === 0;
  if (summary.failed === 0 && (code !== 0 || nothing)) return { ...summary, failed: 1 };
  return summary;
}
