// Time to first token through the whole app (WebSocket, router, history row on disk, SDK, observed fetch, decoder)
// against a plain fetch of the same request to the same server.
import { WebSocket } from 'ws';
import { connect } from '../../../preload/contract/connect.ts';
import { type AppClient, contract } from '../../../preload/contract/index.ts';
import { Draft } from '../../../preload/contract/requests.ts';
import { channelOf } from '../../../test/support/loopback-host.ts';
import { startApp } from '../../../test/support/running-app.ts';
import { percentile, round } from './figure.ts';

const WARM_UP = 20;
/** Short, so that the app's share is large; long enough that the server has settled. */
const FIRST_TOKEN_MS = 5;
const BODY = {
  model: 'demo-1',
  max_tokens: 20,
  stream: true,
  messages: [{ role: 'user', content: 'Say hello.' }],
};

export async function measureFirstToken(calls: number): Promise<object[]> {
  // As users run it: without the check of every outbound message that tests switch on.
  const app = await startApp({ env: { KEYBENCH_TEST: '0' } });
  try {
    const { client, close } = await signIn(app.url);
    await client['settings.set']({ key: 'demo.firstTokenMs', value: FIRST_TOKEN_MS });
    await client['settings.set']({ key: 'demo.tokensPerSecond', value: 5000 });
    const { demoOrigin } = await client['app.info']({});
    const through: number[] = [];
    const plain: number[] = [];
    for (let i = 0; i < calls + WARM_UP; i++) {
      // In turns, and each first in half of the rounds.
      const order = i % 2 === 0 ? [throughApp, plainFetch] : [plainFetch, throughApp];
      for (const measure of order) {
        const ms = await measure(client, demoOrigin);
        if (i >= WARM_UP) (measure === throughApp ? through : plain).push(ms);
      }
    }
    close();
    return [summary(through, plain)];
  } finally {
    await app.close();
  }
}

function summary(through: number[], plain: number[]): object {
  const at = (values: number[], p: number) => percentile(values, p);
  return {
    calls: through.length,
    appMs: { p50: round(at(through, 0.5)), p95: round(at(through, 0.95)) },
    fetchMs: { p50: round(at(plain, 0.5)), p95: round(at(plain, 0.95)) },
    ratio: { p50: round(at(through, 0.5) / at(plain, 0.5)), p95: round(at(through, 0.95) / at(plain, 0.95)) },
    addedMs: { p50: round(at(through, 0.5) - at(plain, 0.5)), target: 3 },
  };
}

async function throughApp(client: AppClient): Promise<number> {
  const draft = Draft.parse({
    provider: 'demo',
    api: 'anthropic.messages',
    body: JSON.stringify(BODY),
  });
  const began = performance.now();
  let first = 0;
  for await (const event of client['requests.send']({ draft })) {
    if (first === 0 && event.k === 'ev' && event.s) first = performance.now() - began;
    if (event.k === 'end' && event.state !== 'complete') throw new Error(`The request ended ${event.state}.`);
  }
  return first;
}

async function plainFetch(_client: AppClient, origin: string): Promise<number> {
  const began = performance.now();
  let first = 0;
  const answer = await fetch(`${origin}/anthropic/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2026-10-21' },
    body: JSON.stringify(BODY),
  });
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    if (first === 0 && decoder.decode(chunk as Uint8Array, { stream: true }).includes('text_delta'))
      first = performance.now() - began;
  }
  if (first === 0) throw new Error(`Plain fetch got no token, status ${answer.status}.`);
  return first;
}

/** Signs in as a window does, from Node. */
export async function signIn(url: string): Promise<{ client: AppClient; close: () => void }> {
  const { origin, hash } = new URL(url);
  const entered = await fetch(`${origin}/launch`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ code: hash.slice(1) }),
  });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, cookie, 'x-keybench': '1' },
  });
  const { token } = (await session.json()) as { token: string };
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
  const { client, ready } = connect(contract, channelOf(ws), token);
  await ready;
  return { client, close: () => ws.terminate() };
}
