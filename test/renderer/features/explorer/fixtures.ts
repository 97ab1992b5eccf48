// Answers that tests of the Explorer let a fake core send, and a window to see them in.
import { expect } from 'vitest';
import type { AppHandlers } from '../../../../preload/contract/index.ts';
import type { Draft, SendEvent } from '../../../../preload/contract/requests.ts';
import { type OpenWindow, openWindow, type WindowOptions } from '../../../support/window.ts';

export type Ends = Extract<SendEvent, { k: 'end' }>;
const usage = { input: 11, output: 243, cacheRead: null, cacheWrite: null, reasoning: null };
export const start = (draft: Draft): SendEvent => ({ k: 'start', id: 'live-1', at: Date.now(), draft });
export const attempt = (n: number, t: number): SendEvent => ({
  k: 'attempt',
  n,
  t,
  method: 'POST',
  url: 'http://127.0.0.1:40123/anthropic/v1/messages',
  headers: [['content-type', 'application/json']],
  bodyBytes: 120,
});
export const head = (n: number, t: number, status: number): SendEvent => ({
  k: 'head',
  n,
  t,
  status,
  statusText: '',
  headers: [
    ['request-id', 'req_42'],
    ['x-a', '1'],
  ],
  timing: { startedAt: 0, connect: 1, headers: 20, firstByte: 21, end: null },
});
export const text = (i: number, t: number, s: string): SendEvent => ({
  k: 'ev',
  i,
  t,
  e: 'content_block_delta',
  p: JSON.stringify({ text: s }),
  z: 30,
  l: 'text',
  s,
});
export const end = (over: Partial<Ends>): SendEvent => ({
  k: 'end',
  t: 900,
  state: 'complete',
  finish: 'end_turn',
  error: null,
  ttft: 60,
  usage,
  model: 'demo-1',
  requestId: 'req_42',
  bytes: 512,
  ...over,
});
export const rateLimited: NonNullable<Ends['error']> = {
  source: 'provider',
  provider: 'demo',
  status: 429,
  type: 'rate_limit_error',
  message: 'Too many requests.',
  requestId: 'req_42',
  advice: 'Wait, or lower the rate.',
};
export type Send = AppHandlers['requests.send'];
export const sends = (...events: SendEvent[]): Send =>
  async function* ({ draft }) {
    yield start(draft);
    yield* events;
  };
/** Streams until it is cancelled. */
export const endless = (stopped: () => void): Send =>
  async function* ({ draft }, { signal }) {
    yield start(draft);
    yield attempt(1, 1);
    yield head(1, 30, 200);
    try {
      for (let i = 0; !signal.aborted; i++) {
        yield text(i, 60 + i * 20, `word ${i} `);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      stopped();
    }
  };

export async function withWindow(
  options: WindowOptions,
  use: (window: OpenWindow) => Promise<void>,
): Promise<void> {
  const window = await openWindow(options);
  try {
    await window.page.getByRole('button', { name: 'Send' }).waitFor();
    await use(window);
    expect(window.problems).toEqual([]);
  } finally {
    await window.close();
  }
}
