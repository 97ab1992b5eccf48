import { expect, test } from 'vitest';
import { readError } from '../../../../../main/core/providers/interpret/error-body.ts';

test.each<[string, number, unknown, string, string]>([
  [
    'OpenAI, code before type',
    429,
    { error: { message: 'Slow down', type: 'requests', code: 'rate_limit_exceeded' } },
    'rate_limit_exceeded',
    'Slow down',
  ],
  [
    'OpenAI, no quota',
    429,
    { error: { message: 'No', type: 'insufficient_quota', code: 'insufficient_quota' } },
    'insufficient_quota',
    'No',
  ],
  [
    'OpenAI, code null',
    400,
    { error: { message: 'Bad', type: 'invalid_request_error', param: null, code: null } },
    'invalid_request_error',
    'Bad',
  ],
  ['Hugging Face, string', 400, { error: 'Model x does not exist' }, 'http_400', 'Model x does not exist'],
  [
    'Hugging Face, loading',
    503,
    { error: 'Model is loading', estimated_time: 19.2 },
    'http_503',
    'Model is loading (ready in about 20 s)',
  ],
  ['Hugging Face, list', 422, { error: ['one', 'two'] }, 'http_422', 'one; two'],
  ['Hugging Face, object', 400, { error: { message: 'why' } }, 'http_400', 'why'],
  ['Hugging Face, message', 401, { message: 'Unauthorized' }, 'http_401', 'Unauthorized'],
  ['FastAPI, detail', 404, { detail: 'Not Found' }, 'http_404', 'Not Found'],
  [
    'FastAPI, list',
    422,
    { detail: [{ loc: ['body', 'model'], msg: 'Field required', type: 'missing' }] },
    'http_422',
    'body.model: Field required',
  ],
  [
    'TGI',
    422,
    { error: 'Input validation error', error_type: 'validation' },
    'validation',
    'Input validation error',
  ],
  [
    'vLLM',
    400,
    { object: 'error', message: 'too long', type: 'BadRequestError', code: 400 },
    'BadRequestError',
    'too long',
  ],
  [
    'OpenRouter',
    402,
    { error: { code: 402, message: 'Insufficient credits', metadata: { error_type: 'payment_required' } } },
    'payment_required',
    'Insufficient credits',
  ],
  [
    'Anthropic',
    529,
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    'overloaded_error',
    'Overloaded',
  ],
])('%s', (_name, status, body, type, message) => {
  expect(readError(body, status)).toMatchObject({ kind: 'error', type, message });
});

test.each([undefined, null, 'text', 7, [], {}, { error: null }, { error: {} }])(
  'names the status for %j',
  (body) => {
    expect(readError(body, 502)).toMatchObject({
      type: 'http_502',
      message: 'The server answered with status 502 and no error text that can be read.',
    });
  },
);
