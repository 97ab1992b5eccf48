// What the canary's providers answer: mostly the key they were sent, in every place where an answer can hold it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WIRES } from '../wire-samples.ts';

export interface Ask {
  request: IncomingMessage;
  response: ServerResponse;
  /** The credential that came. */
  key: string;
  /** Origin of another server, which must never hear of any key. */
  elsewhere: string;
}

type Answer = (ask: Ask) => void | Promise<void>;

const wireOf = ({ request }: Ask) =>
  WIRES.find(({ path }) => request.url?.split('?')[0]?.endsWith(path)) ?? WIRES[1]!;
const json = ({ response }: Ask, status: number, body: string, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
};
const startStream = (ask: Ask) => {
  ask.response.writeHead(200, { 'content-type': 'text/event-stream' });
  ask.response.write(wireOf(ask).start);
};
const pieces = (text: string, size: number) => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
/** The encodings in which real servers have sent keys back. */
const encodings = (key: string) => [
  key,
  encodeURIComponent(key),
  Buffer.from(key).toString('base64'),
  Buffer.from(`user:${key}`).toString('base64'),
  Buffer.from(`u:${key}`).toString('base64url'),
  Buffer.from(key).toString('hex'),
  JSON.stringify(key),
];

const redirect =
  (status: number): Answer =>
  (ask) => {
    const to = `${ask.elsewhere}${ask.request.url}?key=${encodeURIComponent(ask.key)}`;
    json(ask, status, JSON.stringify({ moved: ask.key }), { location: to });
  };

export const ANSWERS: Record<string, Answer> = {
  'echo-401': (ask) =>
    json(ask, 401, wireOf(ask).errorBody('authentication_error', `Incorrect API key: ${ask.key}`), {
      'x-echo': ask.key,
      'www-authenticate': `Bearer error="invalid", token="${encodeURIComponent(ask.key)}"`,
      'request-id': `req_${ask.key}`,
    }),
  'echo-encoded': (ask) =>
    json(ask, 400, wireOf(ask).errorBody('invalid_request_error', encodings(ask.key).join(' , '))),
  'echo-headers': (ask) => {
    const set = { 'x-key': ask.key, 'set-cookie': `k=${encodeURIComponent(ask.key)}`, 'request-id': ask.key };
    json(ask, 200, wireOf(ask).whole('Hi'), set);
  },
  'echo-answer': (ask) => json(ask, 200, wireOf(ask).whole(`You sent ${encodings(ask.key).join(' and ')}!`)),
  /** The key whole in one event, then one event for each few letters of it, in chunks that end anywhere. */
  'echo-stream': async (ask) => {
    startStream(ask);
    const wire = wireOf(ask);
    const events = [`You sent ${ask.key}. In pieces: `, ...pieces(ask.key, 5), '!'].map(wire.text).join('');
    for (const piece of pieces(events + wire.end, 61)) {
      ask.response.write(piece);
      await sleep(1);
    }
    ask.response.end();
  },
  'echo-event-name': (ask) => {
    startStream(ask);
    ask.response.end(
      `: ${ask.key}\nid: ${ask.key}\nevent: ${ask.key}\ndata: "${ask.key}"\n\n${wireOf(ask).end}`,
    );
  },
  malformed: (ask) => {
    startStream(ask);
    ask.response.end(`data: {"type": oops ${ask.key}\n\n${wireOf(ask).end}`);
  },
  'error-event': (ask) => {
    startStream(ask);
    ask.response.end(wireOf(ask).error.replace('Overloaded', JSON.stringify(ask.key).slice(1, -1)));
  },
  /** Cut in the middle of the key. */
  reset: async (ask) => {
    startStream(ask);
    ask.response.write(wireOf(ask).text(`Hi ${ask.key}`));
    ask.response.write(`data: {"x": "${ask.key.slice(0, -4)}`);
    await sleep(50);
    ask.request.socket.resetAndDestroy();
  },
  /** Says the key again and again until the other side goes away. */
  endless: async (ask) => {
    startStream(ask);
    const words = pieces(`Your key is ${ask.key}, as you know. `, 7);
    for (let i = 0; !ask.response.destroyed; i++) {
      ask.response.write(wireOf(ask).text(words[i % words.length]!));
      await sleep(20);
    }
  },
  'status-500': (ask) => json(ask, 500, wireOf(ask).errorBody('api_error', ask.key), { 'retry-after': '0' }),
  'page-500': (ask) => {
    ask.response.writeHead(500, ask.key, { 'content-type': 'text/html' });
    ask.response.end(`<h1>${ask.key}</h1>`);
  },
  'page-200': (ask) => {
    ask.response.writeHead(200, { 'content-type': 'text/html' });
    ask.response.end(`<!doctype html><title>${ask.key}</title>`);
  },
  'redirect-same': (ask) =>
    json(ask, 307, '', { location: `/echo-401/landed?key=${encodeURIComponent(ask.key)}` }),
  ...Object.fromEntries([301, 302, 303, 307, 308].map((status) => [`redirect-${status}`, redirect(status)])),
};
