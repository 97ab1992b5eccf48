// Requests with every answer that could give a key away, over the window's own connection.
import type { Draft, SendEvent } from '../../../preload/contract/requests.ts';
import { baseUrlOf } from './key-flows.ts';
import { ANSWERS } from './provider-answers.ts';
import type { CanaryKey, CanaryRun } from './run.ts';

export type End = Extract<SendEvent, { k: 'end' }>;

const PROMPT = 'Tell me about tidal lagoons.';

export async function draftFor(
  run: CanaryRun,
  key: CanaryKey,
  change: Partial<Draft> = {},
  { prompt = PROMPT, stream = true } = {},
): Promise<Draft> {
  const input =
    key.api === 'openai.responses'
      ? { input: prompt, max_output_tokens: 50 }
      : { messages: [{ role: 'user', content: prompt }], max_tokens: 50 };
  return {
    name: '',
    provider: key.provider,
    api: key.api,
    baseUrl: baseUrlOf(key),
    keyId: await run.idOf(key.alias),
    method: 'POST',
    url: '',
    query: [],
    headers: [],
    body: JSON.stringify({ model: 'demo-1', stream, ...input }),
    ...change,
  };
}

export async function send(run: CanaryRun, draft: Draft, sendKnownKeys = false): Promise<End> {
  const events = await run.app().window.call('requests.send', { draft, sendKnownKeys });
  return endOf(events);
}

function endOf(events: SendEvent[]): End {
  const last = events.at(-1);
  if (last?.k !== 'end') throw new Error(`The request ended with ${last?.k}.`);
  return last;
}

/** Streamed and in one piece; resolves with how each ended. */
export async function chat(run: CanaryRun, key: CanaryKey): Promise<string[]> {
  const states: string[] = [];
  for (const stream of [true, false])
    states.push((await send(run, await draftFor(run, key, {}, { stream }))).state);
  return states;
}

/** The text of an answer that says the key, whole and in pieces. */
export async function echoed(run: CanaryRun, key: CanaryKey): Promise<string> {
  const draft = await draftFor(run, key, { baseUrl: baseUrlOf(key, 'echo-stream') });
  const events = await run.app().window.call('requests.send', { draft });
  return events.map((event) => (event.k === 'ev' ? (event.s ?? '') : '')).join('');
}

/** Every answer there is, some at a time; resolves with `answer state type`, sorted. */
export async function everyAnswer(run: CanaryRun, key: CanaryKey): Promise<string[]> {
  const ended: string[] = [];
  const names = Object.keys(ANSWERS).filter((name) => name !== 'endless');
  const one = async (name: string) => {
    const baseUrl = baseUrlOf(key, name);
    for (const stream of [true, false]) {
      const end = await send(run, await draftFor(run, key, { baseUrl }, { stream }));
      ended.push(`${name} ${stream ? 'streamed' : 'whole'} ${end.state} ${end.error?.type ?? ''}`);
    }
    const { models, note } = await run.app().window.call('providers.models', {
      provider: key.provider,
      baseUrl,
      keyId: await run.idOf(key.alias),
    });
    if (models.length === 0 && note === '') throw new Error(`No models and no reason for ${name}.`);
  };
  while (names.length > 0) await Promise.all(names.splice(0, 6).map(one));
  return ended.sort();
}

/** Begins a stream that never ends; resolves when text has come, and leaves it if told so. */
export async function endless(run: CanaryRun, key: CanaryKey, { leave }: { leave: boolean }): Promise<void> {
  const draft = await draftFor(run, key, { baseUrl: baseUrlOf(key, 'endless') });
  const begun = Promise.withResolvers<void>();
  let texts = 0;
  const onEvent = (event: SendEvent) => {
    if (event.k === 'ev' && ++texts > 20) begun.resolve();
    return leave && texts > 20;
  };
  run.app().window.call('requests.send', { draft }, onEvent).catch(begun.reject);
  await begun.promise;
}

/** Raw requests: the key where `{{key}}` stands, for the bound origin alone. Resolves with states and error types. */
export async function rawRequests(run: CanaryRun, key: CanaryKey): Promise<Record<string, string>> {
  const raw = await draftFor(run, key, { api: 'raw', method: 'POST' });
  const { origin } = key.server;
  const headers: [string, string][] = [['x-own-key', '{{key}}']];
  const cases: Record<string, Partial<Draft>> = {
    'bound origin': { url: `${origin}/good/openai/v1/chat/completions`, headers },
    'bound origin, no placeholder': { url: `${origin}/echo-answer/chat/completions` },
    'another port': { url: `${run.elsewhere.origin}/x`, headers },
    'another name': { url: `http://localhost:${new URL(origin).port}/x`, headers },
    'another scheme': { url: `https://${new URL(origin).host}/x`, headers },
    'user and password': {
      url: `http://${new URL(origin).host}@${new URL(run.elsewhere.origin).host}/x`,
      headers,
    },
    'redirect elsewhere': { url: `${origin}/redirect-307/x`, headers },
    'placeholder in the query': { url: `${origin}/good/x`, query: [['key', '{{key}}']] },
    'another base URL': { url: '/x', baseUrl: run.elsewhere.origin, headers },
  };
  const ended: Record<string, string> = {};
  for (const [name, change] of Object.entries(cases)) {
    const end = await send(run, { ...raw, ...change });
    ended[name] = `${end.state}${end.error ? ` ${end.error.source}/${end.error.type}` : ''}`;
  }
  return ended;
}

/** S11: the same key and a base URL of another origin, on every way that takes a base URL. */
export async function otherOrigins(run: CanaryRun, key: CanaryKey): Promise<string[]> {
  const keyId = await run.idOf(key.alias);
  const ended: string[] = [];
  const { origin } = run.elsewhere;
  const { host, port } = new URL(key.server.origin);
  for (const target of [origin, `http://localhost:${port}`, `https://${host}`]) {
    const baseUrl = `${target}/good${key.family}`;
    const end = await send(run, await draftFor(run, key, { baseUrl }));
    ended.push(`${end.state} ${end.error?.type}`);
    const models = await run
      .app()
      .window.call('providers.models', { provider: key.provider, baseUrl, keyId });
    ended.push(models.source);
    await run.app().window.call('requests.preview', { draft: await draftFor(run, key, { baseUrl }) });
  }
  return ended;
}
