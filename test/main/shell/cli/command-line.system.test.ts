// The command as a user types it: a process, arguments, standard streams, exit codes.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = path.resolve('main/shell/cli/main.ts');
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'keybench-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

function run(args: string[], { input = '', dataDir = dir } = {}): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: dir, KEYBENCH_DATA_DIR: dataDir, KEYBENCH_TEST: '1' },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('keybench send', () => {
  it('streams the answer to standard output and ends with 0', async () => {
    const { code, out, err } = await run(['send', 'What', 'is', 'a', 'tidal', 'lagoon?']);
    expect(code, err).toBe(0);
    expect(out).toContain('tidal');
    expect(out.endsWith('\n')).toBe(true);
    expect(err).toBe('');
  });
  it('takes the prompt from standard input', async () => {
    const { code, out } = await run(['send', '--param', 'max_tokens=120'], {
      input: 'About basalt columns.',
    });
    expect(code).toBe(0);
    expect(out).toContain('basalt');
  });
  it('prints every event as JSON', async () => {
    const { code, out } = await run(['send', '--json', '--api', 'openai.chat', 'hi']);
    expect(code).toBe(0);
    const events = lines(out);
    expect(events[0]).toMatchObject({ k: 'start' });
    expect(events.at(-1)).toMatchObject({ k: 'end', state: 'complete' });
  });
  it('ends with 1 when the provider said no, with its words and what to do', async () => {
    const { code, err } = await run(['send', '--model', 'demo-unauthorized', 'hi']);
    expect(code).toBe(1);
    expect(err).toMatch(/401/);
    expect(err).toMatch(/request req_demo-/);
  });
  it('goes on when nobody reads what is said of the waits', async () => {
    const child = spawn(process.execPath, [MAIN, 'send', '--model', 'demo-flaky', 'hi'], {
      env: { PATH: process.env.PATH ?? '', HOME: dir, KEYBENCH_DATA_DIR: dir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.destroy();
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(out.length).toBeGreaterThan(20);
  });
  it('ends with 1 when the answer is cut, and prints what came', async () => {
    const { code, out, err } = await run(['send', '--model', 'demo-cut', 'hi']);
    expect(code).toBe(1);
    expect(out.length).toBeGreaterThan(20);
    expect(err).toContain('truncated');
  });
});

describe('usage', () => {
  it.each([
    [['sned'], 'There is no command "sned"'],
    [['keys'], 'keybench keys takes one of: list, add, rename, check, remove.'],
    [['send', '--modle', 'x', 'hi'], "Unknown option '--modle'"],
    [['send'], 'There is no prompt.'],
    [['send', '--key', 'none', 'hi'], 'There is no key "none"'],
    [['send', '--provider', 'acme', 'hi'], 'There is no provider "acme"'],
    [['history', 'list', '--limit', '0'], '--limit takes a number'],
    [['history', 'delete', '--all'], 'Say --yes'],
    [['history', 'show', 'nothing'], 'no'],
  ])('%j ends with 2 and one sentence', async (args, sentence) => {
    const { code, out, err } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
  it('is printed with --help, for each command', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('keys add');
    expect((await run(['keys', 'add', '--help'])).out).toContain('< key.txt');
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('history and doctor', () => {
  it('lists, finds, shows and deletes what was sent', async () => {
    const list = await run(['history', 'list', '--json']);
    expect(list.code).toBe(0);
    const rows = lines(list.out);
    const found = await run(['history', 'search', 'basalt', '--json']);
    expect(lines(found.out)).toHaveLength(1);
    expect((await run(['history', 'search', 'nowhereword'])).code).toBe(1);
    const id = String(lines(found.out)[0]?.id);
    const shown = await run(['history', 'show', id, '--events']);
    expect(shown.out).toContain('message_start');
    expect((await run(['history', 'delete', id])).code).toBe(0);
    expect(lines((await run(['history', 'list', '--json'])).out)).toHaveLength(rows.length - 1);
  });
  it('says what works here and what does not', async () => {
    const { code, out } = await run(['doctor', '--json']);
    const findings = JSON.parse(out) as { what: string; ok: boolean; remedy: string }[];
    expect(findings.map((one) => one.what)).toEqual(['node', 'keychain', 'database', 'window', 'demo']);
    // No session bus and no browser are given to this process.
    expect(code).toBe(1);
    for (const one of findings) if (!one.ok) expect(one.remedy).not.toBe('');
  });
  it('salvages a damaged database only when there is one', async () => {
    const dataDir = mkdtempSync(path.join(dir, 'damaged-'));
    writeFileSync(path.join(dataDir, 'keybench.db'), 'this is not a database');
    const { code, err } = await run(['doctor', '--salvage'], { dataDir });
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

it('a key that cannot be stored leaves nothing behind, and is not repeated', async () => {
  const secret = `sk-CANARY-${crypto.randomUUID()}`;
  const { code, out, err } = await run(['keys', 'add', 'work', '--provider', 'anthropic'], {
    input: `${secret}\n`,
  });
  expect(code).toBe(2);
  expect(out + err).not.toContain(secret);
  expect(err).toMatch(/D-Bus/);
  expect((await run(['keys', 'list', '--json'])).out).toBe('[]\n');
});
