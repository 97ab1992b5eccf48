// The helper process as the operating system sees it.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/core/clock.ts';
import { forkKeytarProcess } from '../../../../main/core/keys/fork-keytar.ts';
import type { HelperProcess } from '../../../../main/core/keys/keytar-protocol.ts';
import { createProcessBackend } from '../../../../main/core/keys/process-backend.ts';
import { keyringMissing, processExists, startKeyring } from '../../../support/keyring.ts';

const missing = keyringMissing();
if (missing) console.log(`Skipped: the helper process on a real keyring, because ${missing}.`);

const ENTRY = fileURLToPath(new URL('../../../../main/core/keys/keytar-process.ts', import.meta.url));
const log = { info() {}, warn() {}, error() {}, close() {} };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

describe.skipIf(missing !== null)('the helper process', () => {
  it('has no secret in its arguments or environment, and no inspector after SIGUSR1', async () => {
    const keyring = await startKeyring({ state: 'unlocked' });
    open.push(keyring);
    const secret = `sk-CANARY-${randomBytes(12).toString('hex')}`;
    const env = {
      ...keyring.env,
      OPENAI_API_KEY: secret,
      NODE_OPTIONS: '--inspect=0',
      LC_ALL: 'de_DE.UTF-8',
    };
    const helpers: HelperProcess[] = [];
    const spawn = () => {
      helpers.push(forkKeytarProcess(ENTRY, env));
      return helpers.at(-1)!;
    };
    const backend = createProcessBackend({ spawn, clock: systemClock, log });
    open.push(backend);
    await backend.set('one', secret);
    const pid = helpers[0]!.pid!;
    const seen = readFileSync(`/proc/${pid}/environ`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain('NODE_OPTIONS');
    expect(seen).toContain('LC_ALL=C.UTF-8');
    process.kill(pid, 'SIGUSR1');
    await sleep(100);
    // With --disable-sigusr1 the signal has its default effect or none; what it may not do is open a port.
    expect(listeners(pid)).toEqual([]);
    expect(await backend.get('one')).toBe(secret);
  });

  it('ends with its parent, also when a call hangs in it', async () => {
    const keyring = await startKeyring({ state: 'unlocked' });
    open.push(keyring);
    const script = `
      import { forkKeytarProcess } from ${JSON.stringify(new URL('../../../../main/core/keys/fork-keytar.ts', import.meta.url).href)};
      const helper = forkKeytarProcess(${JSON.stringify(ENTRY)});
      helper.onMessage(() => {});
      helper.send({ id: 1, op: 'get', service: 's', account: 'a' });
      console.log(helper.pid);
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);
    `;
    keyring.freeze();
    let pid = 0;
    try {
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: keyring.env,
        encoding: 'utf8',
      });
    } catch (error) {
      pid = Number((error as { stdout: string }).stdout);
    }
    expect(pid).toBeGreaterThan(0);
    const until = performance.now() + 60_000;
    while (processExists(pid)) {
      expect(performance.now()).toBeLessThan(until);
      await sleep(20);
    }
  });
});

/** Sockets on which the process listens for TCP. */
function listeners(pid: number): string[] {
  const table = ['tcp', 'tcp6'].flatMap((file) =>
    readFileSync(`/proc/${pid}/net/${file}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/)),
  );
  const listening = new Set(table.filter((row) => row[3] === '0A').map((row) => `socket:[${row[9]}]`));
  const fds = join('/proc', String(pid), 'fd');
  return readdirSync(fds).filter((fd) => {
    try {
      return listening.has(execFileSync('readlink', [join(fds, fd)], { encoding: 'utf8' }).trim());
    } catch {
      return false;
    }
  });
}
