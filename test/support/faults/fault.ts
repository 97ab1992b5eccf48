// One way to misbehave, and the pieces answers are made of.
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndState } from '../../../preload/contract/requests.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { FaultyRequest } from '../faulty-server.ts';

export interface Fault {
  name: string;
  state: EndState;
  /** Part of the error's source and type, `source/type`; absent when there is no error. */
  error?: RegExp;
  /** Text the answer must have. */
  text?: string;
  /** Bounds this fault needs to end soon. */
  settings?: Partial<Settings>;
  /** HTTP attempts the app makes; 1 unless said. */
  attempts?: number;
  answer(socket: Socket, request: FaultyRequest): unknown;
}

export const head = (status: string, headers: Record<string, string> = {}) =>
  `HTTP/1.1 ${status}\r\n${Object.entries({
    'request-id': 'req_head',
    'x-request-id': 'req_head',
    ...headers,
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
export const STREAM = { 'content-type': 'text/event-stream; charset=utf-8' };
/** Body ends with the connection. */
export const OPEN = head('200 OK', { ...STREAM, connection: 'close' });
export const CHUNKED = head('200 OK', { ...STREAM, 'transfer-encoding': 'chunked' });
export const chunk = (text: string | Buffer) => {
  const bytes = Buffer.from(text as string);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
};
export const LAST = '0\r\n\r\n';
export const sized = (status: string, type: string, body: string, headers: Record<string, string> = {}) =>
  head(status, { 'content-type': type, 'content-length': String(Buffer.byteLength(body)), ...headers }) +
  body;
export const json = (status: string, body: string, headers?: Record<string, string>) =>
  sized(status, 'application/json', body, headers);
export const ok = ({ wire }: FaultyRequest) =>
  CHUNKED + chunk(wire.start + wire.text('Hi') + wire.end).toString() + LAST;
export const begun = ({ wire }: FaultyRequest) => wire.start + wire.text('Hi');
export const limited = (headers: Record<string, string>) => (socket: Socket, r: FaultyRequest) =>
  socket.write(
    r.count === 1
      ? json('429 Too Many Requests', r.wire.errorBody('rate_limit_error', 'Slow down'), headers)
      : ok(r),
  );
/** Writes as long as the other side takes it. */
export async function flood(socket: Socket, piece: Buffer, times: number): Promise<void> {
  for (let i = 0; i < times && !socket.destroyed; i++)
    if (!socket.write(piece)) await Promise.race([new Promise((r) => socket.once('drain', r)), sleep(3000)]);
}
export const NO_END = /^protocol\/no_terminal_event/;
