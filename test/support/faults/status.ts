// Faults: statuses, redirects, retry orders, and keys sent back.
import { type Fault, head, json, limited, sized } from './fault.ts';

export const STATUSES: readonly Fault[] = [
  {
    name: 'empty-200',
    state: 'error',
    error: /^protocol\/empty_answer/,
    answer: (s) => s.write(json('200 OK', '')),
  },
  {
    name: 'status-204',
    state: 'error',
    error: /^protocol\/empty_answer/,
    answer: (s) => s.write(head('204 No Content')),
  },
  {
    name: 'status-304',
    state: 'error',
    error: /^protocol\/empty_answer/,
    answer: (s) => s.write(head('304 Not Modified')),
  },
  {
    name: 'redirect-loop',
    state: 'error',
    error: /^protocol\/redirect/,
    answer: (s, r) => s.write(head('307 Temporary Redirect', { location: r.path, 'content-length': '0' })),
  },
  ...[301, 302, 303, 307, 308].map(
    (status): Fault => ({
      name: `redirect-${status}`,
      state: 'error',
      error: /^protocol\/redirect/,
      answer: (s, r) =>
        s.write(head(`${status} Moved`, { location: `${r.elsewhere}${r.path}`, 'content-length': '0' })),
    }),
  ),
  {
    name: 'retry-after-seconds',
    state: 'complete',
    text: 'Hi',
    attempts: 2,
    answer: limited({ 'retry-after': '0.1' }),
  },
  {
    name: 'retry-after-ms',
    state: 'complete',
    text: 'Hi',
    attempts: 2,
    answer: limited({ 'retry-after-ms': '50', 'retry-after': '60' }),
  },
  {
    name: 'retry-after-nonsense',
    state: 'complete',
    text: 'Hi',
    attempts: 2,
    answer: limited({ 'retry-after': 'soon' }),
  },
  {
    name: 'retry-after-date',
    state: 'complete',
    text: 'Hi',
    attempts: 2,
    answer: (s, r) => limited({ 'retry-after': new Date(Date.now() + 900).toUTCString() })(s, r),
  },
  {
    name: 'retry-after-an-hour',
    state: 'error',
    error: /^provider\/rate_limit_error/,
    answer: limited({ 'retry-after': '3600' }),
  },
  {
    name: 'always-429',
    state: 'error',
    error: /^provider\/rate_limit_error/,
    attempts: 2,
    answer: (s, r) =>
      s.write(
        json('429 Too Many Requests', r.wire.errorBody('rate_limit_error', 'No'), { 'retry-after': '0' }),
      ),
  },
  {
    name: 'quota-spent',
    state: 'error',
    error: /^provider\/insufficient_quota/,
    answer: (s, r) =>
      s.write(json('429 Too Many Requests', r.wire.errorBody('insufficient_quota', 'Pay first'))),
  },
  {
    name: 'key-echo-401',
    state: 'error',
    error: /^provider\/authentication_error/,
    answer(s, r) {
      const sent = r.headers.find(([name]) => /^(authorization|x-api-key)$/i.test(name))?.[1] ?? '';
      s.write(
        json(
          '401 Unauthorized',
          r.wire.errorBody('authentication_error', `Incorrect API key provided: ${sent}`),
          { 'x-echo': sent },
        ),
      );
    },
  },
  {
    name: 'status-500-html',
    state: 'error',
    error: /^provider\/http_500|^provider\//,
    attempts: 2,
    answer: (s) =>
      s.write(sized('500 Internal Server Error', 'text/html', '<h1>nginx</h1>', { 'retry-after': '0' })),
  },
  {
    name: 'status-400-empty',
    state: 'error',
    error: /^provider\//,
    answer: (s) => s.write(head('400 Bad Request', { 'content-length': '0' })),
  },
];
