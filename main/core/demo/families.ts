// Errors, ids and rate-limit headers of the three providers the Demo imitates (providers.md sections 3 and 4).
import type { Family } from './family.ts';
import { goDuration, wholeSeconds } from './family.ts';
import type { Budget } from './limiter.ts';

const COMMON_STATUS = {
  invalid: 400,
  unauthorized: 401,
  not_found: 404,
  no_model: 404,
  method: 405,
  too_large: 413,
  rate_limit: 429,
  overloaded: 503,
  server: 500,
} as const;

const ANTHROPIC_TYPES = {
  invalid: 'invalid_request_error',
  unauthorized: 'authentication_error',
  not_found: 'not_found_error',
  no_model: 'not_found_error',
  method: 'invalid_request_error',
  too_large: 'request_too_large',
  rate_limit: 'rate_limit_error',
  overloaded: 'overloaded_error',
  server: 'api_error',
} as const;

export const ANTHROPIC: Family = {
  prefix: '/anthropic/',
  status: (kind) => (kind === 'overloaded' ? 529 : COMMON_STATUS[kind]),
  errorBody: (error, { requestId }) => ({
    type: 'error',
    error: { type: ANTHROPIC_TYPES[error.kind], message: error.message },
    request_id: requestId,
  }),
  headers: ({ requestId }) => ({
    'request-id': requestId,
    'anthropic-organization-id': 'demo-organization',
  }),
  limitHeaders(limits, { context }) {
    // RFC 3339 in whole seconds, rounded up: never promise quota before it is there.
    const reset = new Date(Math.ceil((context.clock.now() + limits.resetMs) / 1000) * 1000)
      .toISOString()
      .replace('.000', '');
    const set = (name: string, { limit, remaining }: Budget) => ({
      [`anthropic-ratelimit-${name}-limit`]: String(limit),
      [`anthropic-ratelimit-${name}-remaining`]: String(remaining),
      [`anthropic-ratelimit-${name}-reset`]: reset,
    });
    return {
      ...set('requests', limits.requests),
      ...set('tokens', total(limits.inputTokens, limits.outputTokens)),
      ...set('input-tokens', limits.inputTokens),
      ...set('output-tokens', limits.outputTokens),
    };
  },
  retryHeaders: (ms) => ({ 'retry-after': wholeSeconds(ms) }),
};

const OPENAI_TYPES = {
  invalid: ['invalid_request_error', null],
  unauthorized: ['invalid_request_error', 'invalid_api_key'],
  not_found: ['invalid_request_error', 'unknown_url'],
  no_model: ['invalid_request_error', 'model_not_found'],
  method: ['invalid_request_error', 'method_not_supported'],
  too_large: ['invalid_request_error', 'request_too_large'],
  rate_limit: ['requests', 'rate_limit_exceeded'],
  overloaded: ['server_error', 'server_is_overloaded'],
  server: ['server_error', null],
} as const;

export const OPENAI: Family = {
  prefix: '/openai/',
  status: (kind) => COMMON_STATUS[kind],
  errorBody(error) {
    const [type, code] = OPENAI_TYPES[error.kind];
    return { error: { message: error.message, type, param: error.param, code: error.code ?? code } };
  },
  headers: ({ requestId, context, startedAt }) => ({
    'x-request-id': requestId,
    'openai-organization': 'demo-organization',
    'openai-version': '2020-10-01',
    'openai-processing-ms': String(Math.max(1, Math.round(context.clock.mono() - startedAt))),
  }),
  limitHeaders(limits) {
    const set = (name: string, { limit, remaining }: Budget) => ({
      [`x-ratelimit-limit-${name}`]: String(limit),
      [`x-ratelimit-remaining-${name}`]: String(remaining),
      [`x-ratelimit-reset-${name}`]: goDuration(limits.resetMs),
    });
    return {
      ...set('requests', limits.requests),
      ...set('tokens', total(limits.inputTokens, limits.outputTokens)),
    };
  },
  retryHeaders: (ms) => ({ 'retry-after': wholeSeconds(ms), 'retry-after-ms': String(Math.ceil(ms)) }),
};

export const HUGGING_FACE: Family = {
  prefix: '/hf/',
  status: (kind) => COMMON_STATUS[kind],
  errorBody(error) {
    if (error.kind === 'overloaded') return { error: error.message, estimated_time: 20 };
    if (error.kind !== 'invalid' && error.kind !== 'no_model') return { error: error.message };
    const [type, code] = OPENAI_TYPES[error.kind];
    return { error: { message: error.message, type, param: error.param, code: error.code ?? code } };
  },
  headers: ({ requestId }) => ({ 'x-request-id': requestId }),
  // The form of the Hub's own API: what the router itself sends is not known.
  limitHeaders: ({ requests, resetMs, windowMs }) => ({
    ratelimit: `"api";r=${requests.remaining};t=${wholeSeconds(resetMs)}`,
    'ratelimit-policy': `"fixed window";"api";q=${requests.limit};w=${Math.round(windowMs / 1000)}`,
  }),
  retryHeaders: (ms) => ({ 'retry-after': wholeSeconds(ms) }),
};

export const FAMILIES: readonly Family[] = [ANTHROPIC, OPENAI, HUGGING_FACE];

const total = (a: Budget, b: Budget): Budget => ({
  limit: a.limit + b.limit,
  remaining: a.remaining + b.remaining,
});
