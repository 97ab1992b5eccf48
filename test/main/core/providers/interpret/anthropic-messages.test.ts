import { expect, test } from 'vitest';
import { createAnthropicInterpreter } from '../../../../../main/core/providers/interpret/anthropic-messages.ts';
import { errors, feed, finish, kinds, lanes, lastUsage } from './support.ts';

const named = (event: { type: string }): [string, unknown] => [event.type, event];
const delta = (index: number, inner: object) =>
  named({ type: 'content_block_delta', index, delta: inner } as never);

const start = named({
  type: 'message_start',
  message: {
    model: 'claude-x',
    usage: {
      input_tokens: 10,
      cache_creation_input_tokens: 5,
      cache_read_input_tokens: 100,
      output_tokens: 1,
    },
  },
} as never);

test('reads a stream with thinking, text and a tool call', () => {
  const pieces = feed(createAnthropicInterpreter(), [
    start,
    named({
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'thinking', thinking: '', signature: '' },
    } as never),
    ['ping', { type: 'ping' }],
    ['ping', ''],
    delta(0, { type: 'thinking_delta', thinking: 'Hm' }),
    delta(0, { type: 'signature_delta', signature: 'abc' }),
    named({ type: 'content_block_stop', index: 0 } as never),
    named({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } } as never),
    delta(1, { type: 'text_delta', text: 'Hel' }),
    delta(1, { type: 'citations_delta', citation: { cited_text: 'no' } }),
    delta(1, { type: 'text_delta', text: 'lo' }),
    named({ type: 'content_block_stop', index: 1 } as never),
    named({
      type: 'content_block_start',
      index: 2,
      content_block: { type: 'tool_use', name: 'weather', input: {} },
    } as never),
    delta(2, { type: 'input_json_delta', partial_json: '' }),
    delta(2, { type: 'input_json_delta', partial_json: '{"city":' }),
    delta(2, { type: 'input_json_delta', partial_json: '"Ulm"}' }),
    named({ type: 'content_block_stop', index: 2 } as never),
    named({ type: 'something_new', text: 'ignored' } as never),
    named({
      type: 'message_delta',
      delta: { stop_reason: 'tool_use' },
      usage: { output_tokens: 42 },
    } as never),
    named({ type: 'message_stop' }),
  ]);
  expect(lanes(pieces)).toEqual({ thinking: 'Hm', text: 'Hello', tool: 'weather({"city":"Ulm"})\n' });
  expect(pieces[0]).toEqual({ kind: 'model', model: 'claude-x' });
  expect(finish(pieces)).toBe('tool_use');
  expect(kinds(pieces).at(-1)).toBe('terminal');
  expect(kinds(pieces).filter((kind) => kind === 'terminal')).toHaveLength(1);
});

test('counts cached tokens into the input and takes message_delta as cumulative', () => {
  const interpreter = createAnthropicInterpreter();
  const first = feed(interpreter, [start]);
  expect(lastUsage(first)).toEqual({ input: 115, output: 1, cacheRead: 100, cacheWrite: 5, reasoning: null });
  const later = feed(interpreter, [
    named({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: 9, input_tokens: null, output_tokens_details: { thinking_tokens: 4 } },
    } as never),
  ]);
  expect(lastUsage(later)).toEqual({ input: 115, output: 9, cacheRead: 100, cacheWrite: 5, reasoning: 4 });
});

test('shows why an answer was refused', () => {
  const pieces = feed(createAnthropicInterpreter(), [
    named({
      type: 'message_delta',
      delta: {
        stop_reason: 'refusal',
        stop_details: { type: 'refusal', category: null, explanation: 'No.' },
      },
    } as never),
  ]);
  expect(lanes(pieces)).toEqual({ refusal: 'No.' });
  expect(finish(pieces)).toBe('refusal');
});

test('reads an error inside a stream', () => {
  const error = {
    type: 'error',
    error: { type: 'overloaded_error', message: 'Overloaded' },
    request_id: 'req_1',
  };
  expect(feed(createAnthropicInterpreter(), [['error', error]])).toEqual([
    { kind: 'error', type: 'overloaded_error', message: 'Overloaded', requestId: 'req_1' },
  ]);
});

test('reads an error that a gateway sends without a type', () => {
  const pieces = feed(createAnthropicInterpreter(), [['message', { error: { message: 'upstream' } }]]);
  expect(pieces).toMatchObject([{ kind: 'error', message: 'upstream' }]);
});

test('reads events that have no event name', () => {
  const pieces = feed(createAnthropicInterpreter(), [
    ['message', { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'x' } }],
  ]);
  expect(lanes(pieces)).toEqual({ text: 'x' });
});

test('skips an event that is not JSON and reads on', () => {
  const pieces = feed(createAnthropicInterpreter(), [
    ['content_block_delta', '{"type":'],
    delta(0, { type: 'text_delta', text: 'on' }),
  ]);
  expect(errors(pieces)).toMatchObject([{ type: 'malformed_event' }]);
  expect(errors(pieces)[0]?.message).not.toContain('{');
  expect(lanes(pieces)).toEqual({ text: 'on' });
});

test('reads a whole answer', () => {
  const pieces = createAnthropicInterpreter().body(
    {
      type: 'message',
      model: 'claude-x',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 's' },
        { type: 'text', text: 'Hi' },
        { type: 'tool_use', name: 'f', input: { a: 1 } },
      ],
      stop_reason: 'end_turn',
      usage: { input_tokens: 3, output_tokens: 4 },
    },
    200,
  );
  expect(lanes(pieces)).toEqual({ thinking: 'Hm', text: 'Hi', tool: 'f({"a":1})\n' });
  expect(lastUsage(pieces)).toEqual({
    input: 3,
    output: 4,
    cacheRead: null,
    cacheWrite: null,
    reasoning: null,
  });
  expect(kinds(pieces).at(-1)).toBe('terminal');
});

test('reads an error body, with its detailed code where there is one', () => {
  const body = {
    type: 'error',
    error: { type: 'not_found_error', message: 'model: x' },
    request_id: 'req_2',
  };
  expect(createAnthropicInterpreter().body(body, 404)).toEqual([
    { kind: 'error', type: 'not_found_error', message: 'model: x', requestId: 'req_2' },
  ]);
  const detailed = {
    type: 'error',
    error: { type: 'x', message: 'y', details: { error_code: 'thread_not_found' } },
  };
  expect(createAnthropicInterpreter().body(detailed, 404)).toMatchObject([{ type: 'thread_not_found' }]);
});

test('gives nothing for a body that is no message', () => {
  expect(createAnthropicInterpreter().body({ hello: 1 }, 200)).toEqual([]);
});
