import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBrowser } from '../../../../main/shell/browser/open-browser.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'keybench-open-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A "browser" that writes down its arguments and the file it was given. */
async function open(code: string, { status = 0, fileMs = 300 } = {}) {
  const browser = path.join(dir, 'browser.sh');
  const app = '$(printf "%s\\n" "$@" | sed -n "s#^--app=file://##p")';
  writeFileSync(
    browser,
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${dir}/args'\ncp -p "${app}" '${dir}/page'\nexit ${status}\n`,
    {
      mode: 0o700,
    },
  );
  const { child } = openBrowser({
    browser,
    dataDir: dir,
    origin: 'http://127.0.0.1:4711',
    code,
    fileMs,
  });
  await new Promise((resolve) => child.once('exit', resolve));
  return { args: readFileSync(path.join(dir, 'args'), 'utf8'), page: path.join(dir, 'page') };
}

it('gives the code in a file of mode 0600, never in an argument', async () => {
  const { args, page } = await open('the-code');
  expect(args).not.toContain('the-code');
  expect(readFileSync(page, 'utf8')).toContain('the-code');
  expect(statSync(page).mode & 0o777).toBe(0o600);
});

const fileOf = (args: string) => /--app=file:\/\/(.+)/.exec(args)?.[1] ?? '';

it('removes the file at once when the browser has failed', async () => {
  const { args } = await open('the-code', { status: 1 });
  expect(fileOf(args)).not.toBe('');
  expect(existsSync(fileOf(args))).toBe(false);
});

it('leaves the file a moment for a browser that ran already and was handed it, one file for each window', async () => {
  const fileMs = 5000; // longer than two starts of a busy machine
  const first = fileOf((await open('the-code', { fileMs })).args);
  const second = fileOf((await open('the-code', { fileMs })).args);
  expect(second).not.toBe(first);
  expect([existsSync(first), existsSync(second)]).toEqual([true, true]);
  await expect.poll(() => [existsSync(first), existsSync(second)]).toEqual([false, false]);
});

it('removes the file of a Keybench that was killed', async () => {
  const old = path.join(dir, 'launch-00112233aabb.html');
  writeFileSync(old, 'code');
  utimesSync(old, 1, 1);
  await open('the-code');
  expect(existsSync(old)).toBe(false);
});

it('uses a profile of its own, that keeps no passwords', async () => {
  const { args } = await open('the-code');
  const profile = path.join(dir, 'chromium');
  expect(args).toContain(`--user-data-dir=${profile}`);
  expect(statSync(profile).mode & 0o777).toBe(0o700);
  expect(JSON.parse(readFileSync(path.join(profile, 'Default', 'Preferences'), 'utf8'))).toMatchObject({
    credentials_enable_service: false,
  });
});

it('turns the sandbox off for root alone', async () => {
  const { args } = await open('the-code');
  expect(args.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
});
