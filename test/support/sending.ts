// A server that answers and a sender that asks it, each for one test: closed when the test ends, newest first.
import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { serveHttp, type TestHttp } from './http-server.ts';
import { type TestSender, testSender } from './sender.ts';
import { CHAT } from './wire-samples.ts';

export async function serve(...args: Parameters<typeof serveHttp>): Promise<TestHttp> {
  const server = await serveHttp(...args);
  onTestFinished(server.close);
  return server;
}

export function make(...args: Parameters<typeof testSender>): TestSender {
  const made = testSender(...args);
  onTestFinished(() => made.sender.close());
  return made;
}

/** Begins a stream of server-sent events. */
export const stream = (res: ServerResponse) => res.writeHead(200, { 'content-type': 'text/event-stream' });

/** A whole chat answer, `Hi`, as a stream. */
export const whole = (res: ServerResponse) => stream(res).end(CHAT.start + CHAT.text('Hi') + CHAT.end);
