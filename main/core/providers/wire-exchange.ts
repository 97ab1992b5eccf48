// What is kept of one HTTP request: turns what the wire sees into records, with times and without secrets.
import type { Timing } from '../../../preload/contract/requests.ts';
import type { Clock } from '../clock.ts';
import type { Exchange, WireOptions, WireScrubber } from './wire.ts';
import type { WireFailure } from './wire-failure.ts';
import { sentHeaders, shownHeader, shownUrl, toPairs } from './wire-headers.ts';

export interface ExchangeLog {
  exchange: Exchange;
  method: string;
  /** The request leaves with these headers, as undici has them. */
  sent(given: Readonly<Record<string, unknown>>): WireFailure | undefined;
  connected(ms: number | null): void;
  head(status: number, rawHeaders: unknown, statusText: string): void;
  chunk(bytes: Uint8Array): WireFailure | undefined;
  /** The body has ended, whole or not. */
  end(): void;
}

export function startExchange(
  { clock, scrubber }: { clock: Clock; scrubber: WireScrubber },
  { start, credential, onRecord }: WireOptions,
  { n, url, init }: { n: number; url: URL; init: RequestInit },
): ExchangeLog {
  // The credential's secret is known to the scrubber as well; this does not depend on it.
  const text = (s: string) =>
    scrubber.text(credential ? s.replaceAll(credential.secret, `[key:${credential.alias}]`) : s);
  const exchange: Exchange = {
    n,
    url: shownUrl(url.href, text),
    status: null,
    headers: [],
    bodyBytes: 0,
    failure: null,
  };
  // Whole microseconds, as the history keeps them: live and stored times are then the same.
  const now = () => Math.round((clock.mono() - start) * 1000) / 1000;
  const timing: Timing = { startedAt: now(), connect: null, headers: null, firstByte: null, end: null };
  const since = () => Math.round((now() - timing.startedAt) * 1000) / 1000;
  const method = (init.method ?? 'GET').toUpperCase();
  const scrub = scrubber.byteStream();
  let shownStatus = '';

  const bytes = (piece: Uint8Array) =>
    piece.byteLength > 0 ? onRecord({ k: 'bytes', n, t: now(), bytes: piece }) : undefined;
  const recordHead = () => {
    if (exchange.status === null) return;
    const { status, headers } = exchange;
    onRecord({ k: 'head', n, t: now(), status, statusText: shownStatus, headers, timing: { ...timing } });
  };

  return {
    exchange,
    method,
    sent: (given) =>
      onRecord({
        k: 'attempt',
        n,
        t: timing.startedAt,
        method,
        url: exchange.url,
        headers: sentHeaders(url.origin, given).map(([name, value]) => [
          name,
          shownHeader(name, value, text),
        ]),
        bodyBytes: byteLength(init.body),
      }),
    connected: (ms) => {
      timing.connect = ms;
    },
    head: (status, rawHeaders, statusText) => {
      timing.headers = since();
      exchange.status = status;
      exchange.headers = toPairs(rawHeaders).map(([name, value]) => [name, text(value)]);
      shownStatus = text(statusText);
      recordHead();
    },
    chunk: (piece) => {
      timing.firstByte ??= since();
      exchange.bodyBytes += piece.byteLength;
      return bytes(scrub.push(piece));
    },
    end: () => {
      const failure = bytes(scrub.end());
      if (failure) exchange.failure ??= failure;
      timing.end = since();
      recordHead();
    },
  };
}

function byteLength(body: unknown): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return ArrayBuffer.isView(body) ? body.byteLength : 0;
}
