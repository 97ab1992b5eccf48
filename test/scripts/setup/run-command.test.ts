import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lastLine, runCommand } from '../../../scripts/setup/run-command.mjs';

const node = (script: string, seconds = 20) => runCommand(process.execPath, ['-e', script], { seconds });

describe('a child of set-up', () => {
  test('cannot wait for an answer: its input is at the end at once', async () => {
    const result = await node("process.stdin.on('end', () => process.exit(7)); process.stdin.resume()");
    expect(result.code).toBe(7);
  });

  test('is told that nobody can answer', async () => {
    const names = ['CI', 'DEBIAN_FRONTEND', 'GIT_TERMINAL_PROMPT', 'npm_config_yes'];
    const { out } = await node(
      `console.log(${JSON.stringify(names)}.map((name) => process.env[name]).join())`,
    );
    expect(out.trim()).toBe('1,noninteractive,0,true');
  });

  test('is killed with its own children when its time is over', async () => {
    const script =
      "const { spawn } = require('node:child_process'); const c = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log(c.pid); setInterval(() => {}, 1000)";
    const result = await node(script, 2);
    expect(result).toMatchObject({ ok: false, reason: 'no result within 2 s' });
    const grandchild = Number(result.out.trim());
    expect(grandchild).toBeGreaterThan(0);
    await expect.poll(() => isRunning(grandchild), { timeout: 10_000 }).toBe(false);
  });

  test('that does not exist gives a reason, not an exception', async () => {
    const result = await runCommand('no-such-program-here', [], { seconds: 5 });
    expect(result).toMatchObject({ ok: false, code: null });
    expect(result.reason).toContain('ENOENT');
  });
});

test('the reason for a failure is the line that names the error, without colours', () => {
  expect(lastLine('checking\n\u001b[31mfatal error: secret.h not there\u001b[0m\nmake: stopped\n')).toBe(
    'fatal error: secret.h not there',
  );
  expect(lastLine('one\ntwo\n')).toBe('two');
  expect(lastLine('')).toBe('');
  expect(lastLine('x'.repeat(1000)).length).toBe(200);
});

/** A zombie still has a pid; on Linux its state says so. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
