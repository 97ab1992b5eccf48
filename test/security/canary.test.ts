// S1 and S2, the release gate: keys made for this run are added, used, echoed, refused, replaced and deleted in the
// real app (its own window in Chromium, a real keyring, the command line), while everything that it says, shows, sends
// and stores is searched for them. See test/support/canary/ for who records what.
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyCommand } from '../support/canary/command-flows.ts';
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
  endless,
  everyAnswer,
  otherOrigins,
  rawRequests,
  send,
} from '../support/canary/request-flows.ts';
import { type CanaryRun, startCanaryRun } from '../support/canary/run.ts';
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
    const all = await Promise.all(run.keys.map((key) => everyAnswer(run, key)));
    console.log(all[0], all[3]);
    run.lookAtFiles();
  });

  it('leaves nothing when a stream that repeats it is left', async () => {
    await Promise.all(run.keys.map((key) => endless(run, key, { leave: true })));
  });

  it('goes to no other origin', async () => {
    for (const key of run.keys) console.log(await otherOrigins(run, key));
    console.log(await rawRequests(run, run.keys[3]!));
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

  it('is replaced, and only the new one is sent', async () => {
    const key = run.keys[2]!;
    await goTo(page(), 'Keys');
    await replaceKey(run, key);
    expect(await chat(run, key)).toEqual(['complete', 'complete']);
  });

  it('passes through every command', async () => {
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
      'send, pasted': 0,
      search: 0,
      show: 0,
      delete: 0,
      rename: 0,
      remove: 0,
    });
    run.lookAtFiles();
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

  it('was found nowhere', async () => {
    await run.app().stop();
    run.lookAtFiles();
    console.log(await run.processes());
    console.log(run.ledger.channels().map((c) => [c, run.ledger.seen(c)]));
    expect(run.ledger.lines()).toEqual([]);
  });
});
