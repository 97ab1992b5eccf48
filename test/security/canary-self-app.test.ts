// The other half of the canary's self-test: leaks planted in processes, and in the real app with its window.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CanaryApp, createHome, type Home, runCommand, startCanaryApp } from '../support/canary/app.ts';
import { type Canaries, createCanaries } from '../support/canary/canaries.ts';
import { lookThroughFiles } from '../support/canary/files.ts';
import { channelsByKey, createLedger, type Ledger } from '../support/canary/ledger.ts';
import { watchProcesses } from '../support/canary/watch-processes.ts';
import { chromiumPath } from '../support/chromium.ts';
import { type Keyring, startKeyring } from '../support/keyring.ts';

const RUN = `self-test-${process.pid}`;
const pasted: ReadonlySet<string> = new Set();
let canaries: Canaries;
let ledger: Ledger;
const fresh = () => {
  canaries = createCanaries();
  ledger = createLedger(canaries);
};
const secretOf = (alias: string) => canaries.make(alias).secret;
const found = () => channelsByKey(ledger);

describe.runIf(process.platform === 'linux')('in processes', () => {
  it('arguments, environments and connections off the machine are found', async (context) => {
    fresh();
    const [argument, environment] = [secretOf('argument'), secretOf('environment')];
    const watch = await watchProcesses(ledger, canaries, `KEYBENCH_CANARY_RUN=${RUN}`);
    watch.add('cookie', 'a-session-cookie-of-this-test');
    const idling: ChildProcess[] = [];
    const idle = async (script: string, args: string[], env: Record<string, string> = {}) => {
      const child = spawn(process.execPath, ['-e', `${script}; setInterval(() => {}, 1e6)`, ...args], {
        env: { KEYBENCH_CANARY_RUN: RUN, ...env },
      });
      idling.push(child);
      await once(child.stdout, 'data');
    };
    const up = 'console.log(1)';
    await idle(up, [argument]);
    await idle(up, [], { SOME_TOKEN: environment });
    await idle(up, ['cookie=a-session-cookie-of-this-test']);
    const address = outsideAddress();
    const server = createServer((socket) => void socket.on('error', () => {}));
    if (address) {
      await new Promise<void>((resolve) => server.listen(0, address, resolve));
      const { port } = server.address() as { port: number };
      await idle(`require('net').connect(${port}, '${address}').on('connect', () => ${up})`, []);
    }
    // It looks fifty times a second, and at the environment of a known process at every tenth look.
    await sleep(3000);
    for (const child of idling) child.kill('SIGKILL');
    const report = await watch.stop();
    server.close();
    expect(found()).toEqual({
      argument: ['arguments'],
      environment: ['environment'],
      cookie: ['arguments'],
    });
    if (address) expect(report.foreign.join()).toContain(`tcp ${address}:`);
    else context.annotate('No address but loopback: the watch over connections was not tested.');
  });

  /** An address of this machine that is not loopback. */
  const outsideAddress = () =>
    Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address ?? null;
});

const missing = chromiumPath ? null : 'no Chromium was found';
if (missing) console.warn(`A part of the canary's self-test is skipped: ${missing}.`);
describe.skipIf(missing)('in the real app', () => {
  let keyring: Keyring;
  let home: Home;
  let app: CanaryApp;
  beforeAll(async () => {
    fresh();
    keyring = await startKeyring({ state: 'no-bus' });
    home = createHome(keyring.dir, keyring.env);
    app = await startCanaryApp(ledger, home, { pasted, onSecret: ledger.add });
  });
  afterAll(async () => {
    await app?.stop('SIGKILL');
    await keyring?.close();
  });

  it('nothing is found before something is planted', () => expect(ledger.lines()).toEqual([]));

  it('frames, page, fields, storage and console are looked at', async () => {
    const { page, call } = app.window;
    await call('ui.save', { state: { planted: secretOf('saved') } });
    await call('ui.load', {});
    const names = [
      'text',
      'attribute',
      'field',
      'two nodes',
      'local',
      'session',
      'console',
      'thrown',
      'title',
    ];
    await page.evaluate(
      (secrets) => {
        const [text, attribute, field, nodes, local, session, logged, thrown, title] = secrets as string[];
        const box = document.body.appendChild(document.createElement('div'));
        box.append(text!);
        box.setAttribute('data-x', attribute!);
        box.appendChild(document.createElement('input')).value = field!;
        box.appendChild(document.createElement('b')).append(nodes!.slice(0, 15));
        box.appendChild(document.createElement('i')).append(nodes!.slice(15));
        localStorage.setItem('x', local!);
        sessionStorage.setItem('x', session!);
        console.log('planted', { key: logged });
        setTimeout(() => {
          throw new Error(thrown);
        });
        document.title = title!;
      },
      names.map((name) => secretOf(name)),
    );
    await app.window.lookAtPage();
    await expect.poll(() => found().thrown).toEqual(['console']);
    expect(found()).toMatchObject({
      saved: ['frame in', 'frame out'],
      text: ['page'],
      attribute: ['page'],
      field: ['page'],
      'two nodes': ['page'],
      local: ['page'],
      session: ['page'],
      console: ['console'],
      title: ['page'],
    });
  });

  it('what the command line prints is looked at', async () => {
    await runCommand(ledger, home, ['send', '--json', secretOf('printed')]);
    await runCommand(ledger, home, [secretOf('complained about')]);
    // The running window lists the request as well.
    expect(found().printed).toContain('stdout');
    expect(found()['complained about']).toEqual(['stderr']);
  });

  it('what the browser has kept is looked at', async () => {
    await app.stop();
    lookThroughFiles(ledger, {
      root: home.dir,
      channelOf: (file) => (file.includes('/chromium/') ? 'profile file' : 'data file'),
    });
    expect(found().local).toContain('profile file');
    expect(found().saved).toContain('data file');
    expect(found().printed).toContain('data file');
  });

  it('the report names what was found without showing it', () => {
    const report = ledger.lines().join('\n');
    expect(report).toMatch(/^page: text: key "text", raw, first at \d+, \d+ times$/m);
    for (const text of [...canaries.markers, ...canaries.all.flatMap(({ own }) => own)])
      expect(report.includes(text)).toBe(false);
  });
});
