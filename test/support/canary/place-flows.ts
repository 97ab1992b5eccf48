// Keys in the other places: the passphrase vault, this session's memory; and a keyring that dies meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from '../../../preload/contract/keys.ts';
import type { Canary } from './canaries.ts';
import { baseUrlOf } from './key-flows.ts';
import { draftFor, send } from './request-flows.ts';
import type { CanaryKey, CanaryRun } from './run.ts';

/** An OpenAI-compatible key with a server of its own, as the request flows want it. */
export const asKey = (run: CanaryRun, canary: Canary): CanaryKey => ({
  ...canary,
  provider: 'compatible',
  label: 'OpenAI-compatible',
  api: 'openai.chat',
  family: '/openai/v1',
  server: run.serverOf(canary),
});

export async function addTo(
  run: CanaryRun,
  canary: Canary,
  { backend, baseUrl = baseUrlOf(asKey(run, canary)) }: { backend?: Backend; baseUrl?: string } = {},
): Promise<void> {
  const { alias: name, secret } = canary;
  const input = { name, provider: 'compatible', baseUrl, secret };
  await run.app().window.call('keys.add', backend ? { ...input, backend } : input);
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? 'no code',
  );

/** Create, use, lock, use, a wrong passphrase, unlock, use. Resolves with what each step came to. */
export async function vault(run: CanaryRun): Promise<string[]> {
  const { call } = run.app().window;
  const { passphrase, wrong } = run.extra;
  const key = asKey(run, run.extra.vault);
  const use = async () => {
    const { state, error } = await send(run, await draftFor(run, key));
    return error ? `${state} ${error.type}` : state;
  };
  await call('vault.create', { passphrase: passphrase.secret });
  await addTo(run, key, { backend: 'vault' });
  const before = await use();
  await call('vault.lock', {});
  return [
    before,
    await use(),
    await codeOf(call('vault.unlock', { passphrase: wrong.secret })),
    await codeOf(call('vault.create', { passphrase: wrong.secret })),
    await codeOf(call('vault.unlock', { passphrase: passphrase.secret })),
    await use(),
    (await send(run, await draftFor(run, key, { baseUrl: baseUrlOf(key, 'echo-stream') }))).state,
  ];
}

export async function memory(run: CanaryRun): Promise<string[]> {
  const refused = await codeOf(addTo(run, run.extra.memory, { backend: 'memory' }));
  await run.app().window.call('keychain.allowMemory', {});
  await addTo(run, run.extra.memory, { backend: 'memory' });
  const key = asKey(run, run.extra.memory);
  const good = await send(run, await draftFor(run, key));
  const echo = await send(run, await draftFor(run, key, { baseUrl: baseUrlOf(key, 'echo-stream') }));
  return [refused, good.state, echo.state];
}

/** The keyring is killed; keys are asked for, added and checked all the same; then it comes back. */
export async function dyingKeyring(run: CanaryRun, key: CanaryKey): Promise<string[]> {
  const { call } = run.app().window;
  const id = await run.idOf(key.alias);
  await run.keyring.kill();
  const without = [
    (await send(run, await draftFor(run, key))).state,
    await codeOf(call('keys.check', { id })),
    await codeOf(addTo(run, run.extra.rejected, { backend: 'keychain' })),
    await codeOf(call('keys.replace', { id, secret: run.extra.rejected.secret })),
  ];
  await run.keyring.restart();
  for (let i = 0; i < 50 && (await call('keychain.probe', {})).state !== 'ready'; i++) await sleep(200);
  return [...without, (await send(run, await draftFor(run, key))).state];
}
