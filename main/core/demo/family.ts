// What differs between providers beside the answers themselves: errors, ids and rate-limit headers.
import type { Exchange } from './exchange.ts';
import type { LimitState } from './limiter.ts';

export type ErrorKind =
  | 'invalid'
  | 'unauthorized'
  | 'not_found'
  | 'no_model'
  | 'method'
  | 'too_large'
  | 'rate_limit'
  | 'overloaded'
  | 'server';

/** Thrown by validation and behaviours; the family gives it its shape. */
export class DemoError extends Error {
  readonly kind: ErrorKind;
  readonly param: string | null;
  readonly code: string | null;
  constructor(kind: ErrorKind, message: string, param: string | null = null, code: string | null = null) {
    super(message);
    this.kind = kind;
    this.param = param;
    this.code = code;
  }
}

export interface Family {
  /** First path segment with slashes, e.g. `/anthropic/`. */
  prefix: string;
  status(kind: ErrorKind): number;
  errorBody(error: DemoError, exchange: Exchange): unknown;
  /** Headers of every answer: request id and what else the real service adds. */
  headers(exchange: Exchange): Record<string, string>;
  limitHeaders(limits: LimitState, exchange: Exchange): Record<string, string>;
  /** How this family says when to come back. */
  retryHeaders(ms: number): Record<string, string>;
}

/** All headers of an answer. */
export const answerHeaders = (family: Family, exchange: Exchange): Record<string, string> => ({
  'x-keybench-demo': '1',
  ...family.headers(exchange),
  ...(exchange.limits ? family.limitHeaders(exchange.limits, exchange) : {}),
});

export const wholeSeconds = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1000)));

/** A Go duration as OpenAI writes it: `12ms`, `1.5s`, `1m30s`. */
export function goDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.round(ms - minutes * 60_000) / 1000;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
