// S1 and S2, the release gate: keys made for this run are added, used, echoed, refused, replaced and deleted in the
// real app (its own window in Chromium, a real keyring, the command line), while everything that it says, shows, sends
// and stores is searched for them. See test/support/canary/ for who records what.
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyCommand } from '../support/canary/command-flows.ts';
import { TAB_TOKEN } from '../support/canary/frame-tap.ts';
import {
  addKeys,
  baseUrlOf,
  checkRefusedKey,
  deleteKey,
  goTo,
  refusedKeys,
  renameKey,
  replaceKey,
} from '../support/canary/key-flows.ts';
import { pasteIntoRequests, pasteIntoWindow } from '../support/canary/paste-flows.ts';
import { addTo, asKey, dyingKeyring, memory, vault } from '../support/canary/place-flows.ts';
import {
  chat,
  draftFor,
  echoed,
  endless,
  everyAnswer,
  otherOrigins,
  rawRequests,
  send,
} from '../support/canary/request-flows.ts';
import { type CanaryRun, startCanaryRun } from '../support/canary/run.ts';
import { scanInWindow, scanOnCommandLine } from '../support/canary/scan-flows.ts';
import { chromiumPath } from '../support/chromium.ts';
import { keyringMissing } from '../support/keyring.ts';

const missing = keyringMissing() ?? (chromiumPath ? null : 'no Chromium was found');
if (missing) console.warn(`The canary test is skipped: ${missing}.`);

describe.skipIf(missing)('a key given to Keybench', () => {
  let run: CanaryRun;
  const page = () => run.app().window.page;
  beforeAll(async () => {
    run = await startCanaryRun();
    await run.start();
    await run.app().window.call('settings.set', { key: 'requests.maxAttempts', value: 2 });
  });
  afterAll(() => run?.close());

  it('is refused in the window when it is no key', async () => {
    await goTo(page(), 'Keys');
    await refusedKeys(run);
  });

  it('is added in the window, one for each provider, and checked', async () => {
    await addKeys(run);
    for (const { server } of run.keys) await expect.poll(() => server.keys()).toBeGreaterThan(0);
  });

  it('is renamed, checked and refused by a provider that repeats it', async () => {
    await renameKey(run, 'c-anthropic');
    await checkRefusedKey(run, run.keys[0]!);
  });

  it('is used for chat, streamed and in one piece', async () => {
    for (const key of run.keys) expect(await chat(run, key), key.alias).toEqual(['complete', 'complete']);
  });

  it('is sent back by the provider in every place of an answer', async () => {
    for (const key of run.keys)
      expect(await echoed(run, key)).toBe(`You sent [key:${key.alias}]. In pieces: [key:${key.alias}]!`);
    for (const ended of await Promise.all(run.keys.map((key) => everyAnswer(run, key)))) {
      const refused = ended.filter((line) => /^redirect-.* error redirect$/.test(line));
      expect(refused).toHaveLength(12); // five to another origin and one to the same, streamed and whole
      expect(ended).toEqual(
        expect.arrayContaining([
          'echo-401 streamed error authentication_error',
          'echo-answer whole complete ',
          'malformed streamed error malformed_event',
          'reset streamed truncated ECONNRESET',
        ]),
      );
    }
    expect(run.elsewhere.requests()).toBe(0);
    run.lookAtFiles();
  });

  it('leaves nothing when a stream that repeats it is left', async () => {
    await Promise.all(run.keys.map((key) => endless(run, key, { leave: true })));
  });

  it('goes to no other origin', async () => {
    for (const key of run.keys)
      expect(new Set(await otherOrigins(run, key))).toEqual(new Set(['error KEY_WRONG_ORIGIN', 'built-in']));
    expect(await rawRequests(run, run.keys[3]!)).toEqual({
      'bound origin': 'complete',
      'bound origin, no placeholder': 'complete',
      'another port': 'error app/KEY_WRONG_ORIGIN',
      'another name': 'error app/KEY_WRONG_ORIGIN',
      'another scheme': 'error app/KEY_WRONG_ORIGIN',
      'user and password': 'error app/DRAFT_INVALID',
      'redirect elsewhere': 'error protocol/redirect',
      'placeholder in the query': 'error app/DRAFT_INVALID',
      'another base URL': 'error app/KEY_WRONG_ORIGIN',
    });
    expect(run.elsewhere.requests()).toBe(0);
  });

  it('is kept out of the history when it was pasted into a prompt, a header, an address or a search', async () => {
    await addTo(run, run.extra.pasted);
    const { prompts, refused } = await pasteIntoRequests(run);
    expect(prompts).toHaveLength(3);
    for (const prompt of prompts) expect(prompt.split('[key:c-pasted]')).toHaveLength(4);
    expect(refused).toEqual(Array(4).fill('DRAFT_INVALID'));
    await pasteIntoWindow(run);
  });

  it('lives in the vault and in memory as in the keyring', async () => {
    expect(await vault(run)).toEqual([
      'complete',
      'error KEY_LOCKED',
      'VAULT_WRONG_PASSPHRASE',
      'VAULT_EXISTS',
      'done',
      'complete',
      'complete',
    ]);
    expect(await memory(run)).toEqual(['KEYCHAIN_UNAVAILABLE', 'complete', 'complete']);
  });

  it('does not come to light when TLS fails', async () => {
    const server = run.serverOf(run.extra.tls);
    const key = {
      ...asKey(run, run.extra.tls),
      server: { ...server, origin: server.origin.replace('http', 'https') },
    };
    await addTo(run, key, { baseUrl: baseUrlOf(key) });
    const end = await send(run, await draftFor(run, key));
    expect([end.state, end.error?.source, server.requests()]).toEqual(['error', 'connection', 0]);
    expect(server.bytes()).toBeGreaterThan(0);
  });

  it('does not come to light when the keyring dies', async () => {
    const [used, checked, added, replaced, again] = await dyingKeyring(run, run.keys[1]!);
    expect([used, again]).toEqual(['error', 'complete']);
    for (const code of [checked, added, replaced]) expect(code).toMatch(/^KEY/);
    run.lookAtFiles();
  });

  it('is found in a repository, and named, in every form and place', { timeout: 300_000 }, async () => {
    expect(await scanInWindow(run)).toEqual(run.keys.map(({ alias }) => alias).sort());
  });

  it('is replaced, and only the new one is sent', async () => {
    const key = run.keys[2]!;
    await goTo(page(), 'Keys');
    await replaceKey(run, key);
    expect(await chat(run, key)).toEqual(['complete', 'complete']);
  });

  it('passes through every command', { timeout: 300_000 }, async () => {
    const codes = await everyCommand(run);
    expect(codes).toMatchObject({
      'add, with a space': 2,
      add: 0,
      'add again': 2,
      'keys list --json': 0,
      'doctor --json': 0,
      check: 0,
      'check, refused': 1,
      send: 0,
      'send, in pieces': 0,
      'send, cut': 1,
      'send, elsewhere': 1,
      'send, pasted and refused': 2,
      'send, pasted': 0,
      search: 0,
      show: 0,
      delete: 0,
      rename: 0,
      remove: 0,
    });
    run.lookAtFiles();
  });

  it('is found on the command line, in every format', { timeout: 300_000 }, async () => {
    expect(await scanOnCommandLine(run)).toEqual({
      text: 1,
      json: 1,
      sarif: 1,
      csv: 1,
      file: 1,
      baseline: 0,
      'after baseline': 0,
      'secrets, not to a terminal': 2,
      'no known keys': 1,
      staged: 1,
    });
  });

  it('is not left behind by an app that is killed in mid-stream', async () => {
    await Promise.all(run.keys.map((key) => endless(run, key, { leave: false })));
    await setTimeout(500); // two batches of the recorder
    await run.app().stop('SIGKILL');
    run.lookAtFiles();
    await run.start();
    await expect.poll(async () => (await run.app().window.call('keychain.status', {})).state).toBe('ready');
    const { rows } = await run.app().window.call('history.list', { filter: { state: ['interrupted'] } });
    expect(rows).toHaveLength(run.keys.length);
    for (const { id } of rows) await run.app().window.call('history.replay', { id });
    expect(await chat(run, run.keys[0]!)).toEqual(['complete', 'complete']);
  });

  it('is deleted, and the history with it', async () => {
    await goTo(page(), 'Keys');
    await deleteKey(run, 'c-odd');
    await deleteKey(run, 'c-pasted');
    await goTo(page(), 'History');
    await page().getByRole('button', { name: 'Delete all history…' }).click();
    await page()
      .getByRole('dialog')
      .getByRole('button', { name: /^Delete all/ })
      .click();
    await expect.poll(async () => (await run.app().window.call('history.list', {})).rows.length).toBe(0);
    run.lookAtFiles();
  });

  it('came in once each, and went to its own provider', () => {
    const { keys, extra, ledger } = run;
    const cameIn = (alias: string) => ledger.allowed('frame in, secret field', alias);
    for (const { alias } of [...keys, extra.second, extra.pasted, extra.vault, extra.tls])
      expect([alias, cameIn(alias)]).toEqual([alias, 1]);
    expect(ledger.allowed('frame in', TAB_TOKEN)).toBeGreaterThan(1); // the door's own secrets were looked for
    for (const canary of [extra.pasted, extra.vault, extra.memory, extra.cli])
      expect(run.serverOf(canary).keys(), canary.alias).toBeGreaterThan(0);
    for (const canary of [extra.rejected, extra.tls, extra.passphrase])
      expect(run.serverOf(canary).requests(), canary.alias).toBe(0);
    expect(run.elsewhere.bytes()).toBe(0);
  });

  it('was found nowhere else', async () => {
    await run.app().stop();
    run.lookAtFiles();
    const processes = await run.processes();
    expect(run.ledger.lines()).toEqual([]);
    // S21: nobody was spoken to but this machine.
    expect(processes.foreign).toEqual([]);
    expect(processes.connections).toBeGreaterThan(20);
    expect(processes.marked).toBeGreaterThan(20);
    expect(processes.rate).toBeGreaterThan(20);
    const atLeast: Record<string, number> = {
      'frame in': 1000,
      'frame out': 1000,
      'streamed text': 200,
      page: 100,
      network: 200,
      'request body': 200,
      'database cell': 10_000,
      'database -wal': 2,
      'data file': 10,
      'log file': 1,
      'profile file': 200,
      'temporary file': 1,
      stdout: 20,
      stderr: 20,
    };
    for (const [channel, items] of Object.entries(atLeast))
      expect(run.ledger.seen(channel).items, channel).toBeGreaterThanOrEqual(items);
  });
});
