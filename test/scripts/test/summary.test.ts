import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../../scripts/check/source-files.ts';
import { runCommand } from '../../../scripts/setup/run-command.mjs';
import { finalLine, judgeSkips, type Summary, total } from '../../../scripts/test/summary.ts';

const run: Summary = {
  passed: 1,
  failed: 0,
  skipped: [
    { test: 'a', reason: '' },
    { test: 'b', reason: 'no Chromium' },
  ],
};

describe('the last line', () => {
  test('says passed and failed, and skipped only when there are any', () => {
    expect(finalLine({ passed: 3, failed: 0, skipped: [] })).toBe('3 passed, 0 failed');
    expect(finalLine({ passed: 3, failed: 1, skipped: [{ test: 'a', reason: 'no display' }] })).toBe(
      '3 passed, 1 failed, 1 skipped',
    );
  });

  test('counts checks and tests together', () => {
    const sum = total([
      { passed: 1, failed: 2, skipped: [] },
      { passed: 10, failed: 0, skipped: [{ test: 'a', reason: 'x' }] },
    ]);
    expect(finalLine(sum)).toBe('11 passed, 2 failed, 1 skipped');
  });

  test('a skip without a reason is a failure; one with a reason is listed', () => {
    const { summary, lines } = judgeSkips(run, false);
    expect(finalLine(summary)).toBe('1 passed, 1 failed, 1 skipped');
    expect(lines).toEqual(['FAILED, skipped without a reason: a', 'skipped: b: no Chromium']);
  });

  test('a machine that must run everything accepts no reason', () => {
    expect(finalLine(judgeSkips(run, true).summary)).toBe('1 passed, 2 failed');
  });
});

describe('the reporter, over a run that has everything', () => {
  let folder: string;
  let summary: Summary;

  beforeAll(async () => {
    // Below node_modules, so that the planted tests find vitest and no other run finds them.
    folder = mkdtempSync(path.join(ROOT, 'node_modules/.keybench-summary-'));
    const file = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    const head = "import { beforeAll, describe, test } from 'vitest';\n";
    file('good.test.ts', `${head}test('a', () => {}); test('b', ({ skip }) => skip('no such machine'));`);
    file('bare.test.ts', `${head}test.skip('c', () => {}); test('d', () => { throw new Error('x'); });`);
    file(
      'hook.test.ts',
      `${head}describe('h', () => { beforeAll(() => { throw new Error('x'); }); test('e', () => {}); });`,
    );
    file(
      'printed.test.ts',
      `${head}console.log('Skipped: f, because of g.'); test.skipIf(true)('f', () => {});`,
    );
    file('broken.test.ts', "import './not-there.ts';");
    file('vitest.config.ts', "export default { test: { dir: '.', exclude: [] } };");
    const out = path.join(folder, 'summary.json');
    await runCommand(
      process.execPath,
      [
        path.join(ROOT, 'node_modules/vitest/vitest.mjs'),
        ...['run', '--root', folder, `--reporter=${path.join(ROOT, 'scripts/test/summary-reporter.ts')}`],
      ],
      { seconds: 60, cwd: folder, env: { KEYBENCH_TEST_SUMMARY: out } },
    );
    summary = JSON.parse(readFileSync(out, 'utf8'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('counts what passed, what failed, and files and hooks that failed around their tests', () => {
    expect(summary.passed).toBe(1); // a
    expect(summary.failed).toBe(3); // d, the hook of h, broken.test.ts
  });

  test('brings the reasons of skipped tests', () => {
    const reasons = Object.fromEntries(
      summary.skipped.map(({ test: name, reason }) => [name.split(' > ').at(-1), reason]),
    );
    expect(reasons).toMatchObject({ b: 'no such machine', c: '', f: 'f, because of g.' });
  });
});
