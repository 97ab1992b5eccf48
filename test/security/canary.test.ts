// S1 and S2, the release gate: keys made for this run are added, used, echoed, refused, replaced and deleted in the
// real app (its own window in Chromium, a real keyring, the command line), while everything that it says, shows, sends
// and stores is searched for them. See test/support/canary/ for who records what.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKeys, checkRefusedKey, goTo, refusedKeys, renameKey } from '../support/canary/key-flows.ts';
import {
  cancelMidStream,
  chat,
  everyAnswer,
  otherOrigins,
  rawRequests,
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
    await Promise.all(run.keys.map((key) => cancelMidStream(run, key)));
  });

  it('goes to no other origin', async () => {
    for (const key of run.keys) console.log(await otherOrigins(run, key));
    console.log(await rawRequests(run, run.keys[3]!));
    expect(run.elsewhere.requests()).toBe(0);
  });

  it('was found nowhere', async () => {
    await run.app().stop();
    run.lookAtFiles();
    console.log(await run.processes());
    console.log(run.ledger.channels().map((c) => [c, run.ledger.seen(c)]));
    expect(run.ledger.lines()).toEqual([]);
  });
});
