import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoServer } from '../../../../main/core/demo/demo-server.ts';
import { createDemoAdapter } from '../../../../main/core/providers/demo.ts';
import type { Piece, ProviderAdapter } from '../../../../main/core/providers/provider.ts';
import { startFastDemo } from '../demo/support/demo.ts';
import { finish, kinds, lanes, lastUsage } from './interpret/support.ts';
import { fakeKey } from './support/calls.ts';
import { type EchoServer, startEchoServer } from './support/echo-server.ts';
import { type Observed, observed } from './support/observed.ts';

let demo: DemoServer;
let trap: EchoServer;
let adapter: ProviderAdapter;
beforeAll(async () => {
  demo = await startFastDemo();
  trap = await startEchoServer();
  adapter = createDemoAdapter(() => demo.origin);
});
afterAll(async () => {
  await demo.close();
  await trap.close();
});

const APIS = createDemoAdapter(() => '').info.apis;

async function run(
  api: string,
  body: Record<string, unknown>,
): Promise<{ pieces: Piece[]; watch: Observed }> {
  const watch = observed();
  await adapter.run({
    api,
    baseUrl: trap.origin,
    secret: null,
    body,
    headers: [],
    query: [],
    fetch: watch.fetch,
    signal: new AbortController().signal,
  });
  const interpreter = adapter.interpreter(api);
  const text = watch.bodies[0] ?? '';
  if (body.stream !== true) return { pieces: interpreter.body(JSON.parse(text), 200), watch };
  const pieces = text
    .split('\n\n')
    .filter((block) => block !== '')
    .flatMap((block) =>
      interpreter.event(/^event: (.*)$/m.exec(block)?.[1] ?? '', /^data: (.*)$/m.exec(block)?.[1] ?? ''),
    );
  return { pieces, watch };
}

describe.each(APIS)('$id', (api) => {
  const example = JSON.parse(api.example) as Record<string, unknown>;
  const { stream_options: _usage, ...rest } = example;
  const unstreamed = { ...rest, stream: false };
  const counted = api.id === 'hf.chat' ? { ...example, stream_options: { include_usage: true } } : example;

  test('its example works, streamed and not, with the same text and usage', async () => {
    const streamed = await run(api.id, counted);
    const whole = await run(api.id, unstreamed);
    expect(streamed.watch.urls).toEqual([demo.origin + api.path]);
    expect(streamed.watch.ended).toBe(1);
    expect(lanes(streamed.pieces)).toEqual(lanes(whole.pieces));
    expect(lanes(streamed.pieces).text).toContain('Demo provider');
    expect(lastUsage(streamed.pieces)).toEqual(lastUsage(whole.pieces));
    expect(lastUsage(streamed.pieces)?.output).toBeGreaterThan(100);
    expect(finish(streamed.pieces)).toBe(finish(whole.pieces));
    for (const { pieces } of [streamed, whole]) {
      expect(kinds(pieces).filter((kind) => kind === 'terminal')).toHaveLength(1);
      expect(kinds(pieces)).not.toContain('error');
      expect(pieces.find((piece) => piece.kind === 'model')).toEqual({ kind: 'model', model: 'demo-1' });
    }
  });

  test.each([true, false])(
    'thinking, refusal and tools arrive in their lanes (stream: %s)',
    async (stream) => {
      const lanesOf = async (model: string, extra: object = {}) =>
        lanes((await run(api.id, { ...rest, model, stream, ...extra })).pieces);
      const thinks = await lanesOf('demo-thinking');
      // OpenAI's chat API counts reasoning and does not show it.
      if (api.id === 'openai.chat') expect(thinks.thinking).toBeUndefined();
      else expect(thinks.thinking).toContain('I am the Demo');
      expect(Object.keys(await lanesOf('demo-refusal'))).toEqual(['refusal']);
      const parameters = { type: 'object', properties: { n: { type: 'integer' } } };
      const fn = { name: 'roll', parameters };
      const tool = {
        'anthropic.messages': { name: 'roll', input_schema: parameters },
        'openai.responses': { type: 'function', ...fn },
      }[api.id] ?? { type: 'function', function: fn };
      expect(await lanesOf('demo-tool', { tools: [tool] })).toEqual({ tool: 'roll({"n":1})\n' });
    },
  );

  test('goes to its own server and takes no key along, whatever the call says', async () => {
    const secret = fakeKey('sk-');
    const sent: string[] = [];
    const watching: typeof fetch = (input, init) => {
      sent.push(String(input), JSON.stringify([...new Headers(init?.headers)]), String(init?.body));
      return fetch(input, init);
    };
    const { signal } = new AbortController();
    const call = { api: api.id, baseUrl: trap.origin, secret, body: unstreamed, fetch: watching, signal };
    await adapter.run({ ...call, headers: [], query: [] });
    await adapter.models(call);
    expect(sent).toHaveLength(6);
    expect(sent.join('\n')).not.toContain('CANARY');
    expect(sent.join('\n')).not.toContain('authorization');
    expect(trap.seen).toEqual([]);
  });
});

test('lists the models it has built in', async () => {
  const { signal } = new AbortController();
  const live = await adapter.models({ baseUrl: '', secret: null, fetch, signal });
  expect(live).toEqual(adapter.builtInModels);
});
