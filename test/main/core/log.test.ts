import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Scrubber } from '../../../main/core/keys/scrub.ts';
import { createLog, type LogOptions } from '../../../main/core/log.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keybench-log-'));
  file = join(dir, 'logs', 'keybench.log');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const clock = { now: () => Date.UTC(2026, 10, 20), mono: () => 0 };
const open = (options: Partial<LogOptions> = {}) => createLog({ file, scrub: (s) => s, clock, ...options });
const lines = (path = file) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a line', () => {
  it('is one JSON object with time, level, message and data', () => {
    const log = open();
    log.info('started', { port: 1, deep: { list: [1, 'a\nb'] } });
    log.warn('slow');
    expect(lines()).toEqual([
      { at: '2026-11-20T00:00:00.000Z', level: 'info', msg: 'started', port: 1, deep: { list: [1, 'a\nb'] } },
      { at: '2026-11-20T00:00:00.000Z', level: 'warn', msg: 'slow' },
    ]);
  });

  it('describes an error with its causes, and none of its other fields', () => {
    const log = open();
    const error = new TypeError('outer', { cause: new Error('inner') });
    Object.assign(error, { code: 'E_X', request: { headers: { authorization: 'Bearer hidden-field' } } });
    log.error('failed', error);
    log.error('odd', 'a string was thrown');
    const [first, second] = lines();
    expect(first).toMatchObject({
      level: 'error',
      error: { name: 'TypeError', message: 'outer', code: 'E_X', cause: { message: 'inner' } },
    });
    expect(JSON.stringify(first)).not.toContain('hidden-field');
    expect(second).toMatchObject({ error: 'a string was thrown' });
  });

  it('holds no secret, wherever it was put and however it is escaped', () => {
    const secret = `sk-CANARY-"${Math.random().toString(36).slice(2)}\\x`;
    const scrubber = new Scrubber();
    scrubber.add(secret, 'prod');
    const log = open({ scrub: (s) => scrubber.text(s, { shapes: true }) });
    log.info(`msg ${secret}`, { [secret]: { deep: [secret] }, json: JSON.stringify({ secret }) });
    log.error('thrown', new Error(`Headers.append: "Bearer ${secret}" is invalid`, { cause: secret }));
    log.warn('long', { pad: 'x'.repeat(16_300), secret });
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('sk-CANARY');
    expect(text).toContain('[key:prod]');
  });

  it('survives circles, bigints, functions and objects that refuse to be written', () => {
    const log = open();
    const circle: Record<string, unknown> = { n: 1n, f: () => 1 };
    circle.self = circle;
    const shared = { a: 1 };
    log.info('circle', { circle, shared, again: shared });
    log.info('hostile', {
      get x(): string {
        throw new Error('no');
      },
    } as Record<string, unknown>);
    log.info('after');
    expect(lines()[0]).toMatchObject({
      circle: { n: '1', f: '[function]', self: '[circle]' },
      shared: { a: 1 },
      again: { a: 1 },
    });
    expect(lines().at(-1)).toMatchObject({ msg: 'after' });
  });

  it('is cut at 16 KB', () => {
    open().info('x'.repeat(100_000));
    expect(readFileSync(file, 'utf8').length).toBeLessThan(17_000);
  });
});

describe('the file', () => {
  it.skipIf(process.platform === 'win32')('is readable by its owner only, even if it was not before', () => {
    open().info('a');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'logs')).mode & 0o777).toBe(0o700);
    chmodSync(file, 0o644);
    open().info('b');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is turned over at its limit and only two older ones are kept', () => {
    const log = open({ maxBytes: 2000 });
    for (let i = 0; i < 200; i++) log.info(`line ${i}`);
    expect(readdirSync(join(dir, 'logs')).sort()).toEqual([
      'keybench.log',
      'keybench.log.1',
      'keybench.log.2',
    ]);
    for (const name of readdirSync(join(dir, 'logs')))
      expect(statSync(join(dir, 'logs', name)).size).toBeLessThan(2200);
    expect(lines().at(-1)).toMatchObject({ msg: 'line 199' });
  });

  it('takes the lines of two writers across a turn-over', () => {
    const [a, b] = [open({ maxBytes: 3000 }), open({ maxBytes: 3000 })];
    for (let i = 0; i < 40; i++) {
      a.info(`a${i}`);
      b.info(`b${i}`);
    }
    const all = readdirSync(join(dir, 'logs'))
      .flatMap((name) => lines(join(dir, 'logs', name)))
      .map((line) => line.msg);
    expect(readdirSync(join(dir, 'logs'))).toContain('keybench.log.1');
    expect(all).toContain('a39');
    expect(all).toContain('b39');
    expect(new Set(all).size).toBe(all.length);
  });

  it.skipIf(process.platform === 'win32')('is not written through a link that somebody laid there', () => {
    const target = join(dir, 'target');
    writeFileSync(target, '');
    symlinkSync(target, join(dir, 'link.log'));
    open({ file: join(dir, 'link.log') }).info('x');
    expect(readFileSync(target, 'utf8')).toBe('');
  });

  it('never makes the caller fail when it cannot be written', () => {
    writeFileSync(join(dir, 'logs'), 'a file where the folder should be');
    const log = open();
    expect(() => log.error('x', new Error('y'))).not.toThrow();
    log.close();
    expect(() => log.info('after close')).not.toThrow();
  });
});

it('writes to standard error when asked', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  createLog({ stderr: true, scrub: (s) => s.replace('b', 'X'), clock }).info('abc');
  expect(String(write.mock.calls[0]?.[0])).toContain('aXc');
  write.mockRestore();
});
