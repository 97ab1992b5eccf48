import { expect, test } from 'vitest';
import { stripComments } from '../../../scripts/check/architecture/strip-comments.ts';
import { runSteps } from '../../../scripts/check/run-steps.ts';
import { sourceFiles } from '../../../scripts/check/source-files.ts';

test('a check that looked at no file has failed, whatever it says', async () => {
  const printed: string[] = [];
  const tally = await runSteps(
    'check',
    [
      { name: 'good', run: async () => ({ ok: true, seen: 3, output: '' }) },
      { name: 'blind', run: async () => ({ ok: true, seen: 0, output: 'all fine' }) },
      { name: 'bad', run: async () => ({ ok: false, seen: 3, output: 'a.ts:1 wrong' }) },
      { name: 'throws', run: () => Promise.reject(new Error('no such tool')) },
    ],
    (line) => printed.push(line),
  );
  expect(tally).toEqual({ passed: 1, failed: 3 });
  expect(printed[0]).toMatch(/^check {2}good +\d+\.\d s {2}ok, 3 files$/);
  expect(printed.join('\n')).toContain('a.ts:1 wrong');
  expect(printed.join('\n')).toContain('no such tool');
});

test('source files are ours alone', () => {
  const files = sourceFiles();
  expect(files).toContain('preload/contract/index.ts');
  expect(files).toContain('vitest.config.ts');
  expect(files.some((file) => /node_modules|dist\//.test(file))).toBe(false);
});

test('comments that look like code, and code that looks like comments', () => {
  expect(stripComments("fetch('https://x'); // y")).toBe("fetch('https://x');     ");
  expect(stripComments('const a = /\\/*x/; b')).toBe('const a = /\\/*x/; b');
});
