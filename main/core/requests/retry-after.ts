// How long a server asks to wait, and how long we wait when it asks nothing.
import type { Pairs } from '../../../preload/contract/requests.ts';

export interface Delay {
  ms: number;
  source: 'retry-after-ms' | 'retry-after' | 'backoff';
}

/** First pause 0.5 s, doubled each time, never above 8 s: what both vendors' SDKs do. */
const BASE_MS = 500;
const CAP_MS = 8000;

/**
 * The server's order: `retry-after-ms`, else `retry-after` in seconds (fractions allowed) or as an HTTP date. `null`
 * when there is none, or none that makes sense. `now` is epoch ms.
 */
export function askedDelay(headers: Pairs, now: number): Delay | null {
  const ms = number(header(headers, 'retry-after-ms'));
  if (ms !== null) return { ms, source: 'retry-after-ms' };
  const value = header(headers, 'retry-after');
  if (value === null) return null;
  const seconds = number(value);
  if (seconds !== null) return { ms: seconds * 1000, source: 'retry-after' };
  // Only real HTTP dates: Date.parse would make a date in 2001 of "-5".
  if (!/^[A-Za-z]{3},? .*\d{2}:\d{2}:\d{2}/.test(value)) return null;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : { ms: Math.max(0, date - now), source: 'retry-after' };
}

/** Exponential backoff with full jitter after attempt `n` (from 1). `random` gives [0, 1). */
export function backoff(n: number, random: () => number): Delay {
  return { ms: Math.round(random() * Math.min(CAP_MS, BASE_MS * 2 ** (n - 1))), source: 'backoff' };
}

export function header(headers: Pairs, wanted: string): string | null {
  for (const [name, value] of headers) if (name.toLowerCase() === wanted) return value.trim();
  return null;
}

const number = (value: string | null): number | null =>
  value !== null && /^\d{1,12}(\.\d+)?$/.test(value) ? Number(value) : null;
