// A Demo server for tests, fast unless told otherwise, and plain calls to it.

import { systemClock } from '../../../../../main/core/clock.ts';
import {
  type DemoServer,
  type DemoServerOptions,
  startDemoServer,
} from '../../../../../main/core/demo/demo-server.ts';

export const startFastDemo = (options: Partial<DemoServerOptions> = {}): Promise<DemoServer> =>
  startDemoServer({
    settings: () => ({ firstTokenMs: 0, tokensPerSecond: 20_000 }),
    clock: systemClock,
    ...options,
  });

export const PATHS = {
  anthropic: '/anthropic/v1/messages',
  chat: '/openai/v1/chat/completions',
  responses: '/openai/v1/responses',
  hf: '/hf/v1/chat/completions',
} as const;
export type Format = keyof typeof PATHS;
export const FORMATS = Object.keys(PATHS) as Format[];

const ANTHROPIC_VERSION = '2026-10-21';

/** A valid body of each format. */
export function bodyOf(
  format: Format,
  extra: Record<string, unknown> = {},
  prompt = 'Tell me about tides',
): object {
  const messages = [{ role: 'user', content: prompt }];
  if (format === 'anthropic') return { model: 'demo-1', max_tokens: 2000, messages, ...extra };
  if (format === 'responses') return { model: 'demo-1', input: messages, ...extra };
  return { model: 'demo-1', messages, ...extra };
}

export function post(
  origin: string,
  format: Format,
  body: object | string,
  init: RequestInit = {},
): Promise<Response> {
  return fetch(origin + PATHS[format], {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': ANTHROPIC_VERSION },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
}

export interface ServerEvent {
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into JSON of four formats
  data: any;
}

/** A deliberately simple reader of well-formed streams. */
export const readEvents = (text: string): ServerEvent[] =>
  text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const event = /^event: (.*)$/m.exec(block)?.[1] ?? '';
      const data = /^data: (.*)$/m.exec(block)?.[1] ?? '';
      return { event, data: data === '[DONE]' ? data : JSON.parse(data) };
    });
