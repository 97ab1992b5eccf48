import { expect, test } from 'vitest';
import { createResponsesInterpreter } from '../../../../../main/core/providers/interpret/openai-responses.ts';
import { errors, feed, finish, kinds, lanes, lastUsage } from './support.ts';

const ev = (type: string, fields: object = {}): [string, unknown] => [type, { type, ...fields }];
const USAGE = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 6 },
};

test('reads text, reasoning and a function call', () => {
  const pieces = feed(createResponsesInterpreter(), [
    ev('response.created', { response: { model: 'gpt-x', status: 'in_progress', error: null } }),
    ev('response.in_progress', { response: { model: 'gpt-x' } }),
    ev('response.output_item.added', { item: { type: 'reasoning', id: 'rs' } }),
    ev('response.reasoning_summary_part.added', { item_id: 'rs', summary_index: 0 }),
    ev('response.reasoning_summary_text.delta', { item_id: 'rs', summary_index: 0, delta: 'One' }),
    ev('response.reasoning_summary_text.done', { item_id: 'rs', summary_index: 0, text: 'One' }),
    ev('response.reasoning_summary_part.added', { item_id: 'rs', summary_index: 1 }),
    ev('response.reasoning_summary_text.delta', { item_id: 'rs', summary_index: 1, delta: 'Two' }),
    ev('response.output_item.added', { item: { type: 'message', id: 'm' } }),
    ev('response.content_part.added', { item_id: 'm', part: { type: 'output_text', text: '' } }),
    ev('response.output_text.delta', { item_id: 'm', content_index: 0, delta: 'Hel' }),
    ev('response.output_text.delta', { item_id: 'm', content_index: 0, delta: 'lo' }),
    ev('response.output_text.done', { item_id: 'm', content_index: 0, text: 'Hello' }),
    ev('response.output_item.added', { item: { type: 'function_call', id: 'f', name: 'weather' } }),
    ev('response.function_call_arguments.delta', { item_id: 'f', delta: '{"a":1}' }),
    ev('response.function_call_arguments.done', { item_id: 'f', arguments: '{"a":1}' }),
    ev('response.web_search_call.searching', { item_id: 'w' }),
    ev('response.completed', {
      response: { model: 'gpt-x', status: 'completed', error: null, usage: USAGE },
    }),
  ]);
  expect(lanes(pieces)).toEqual({ thinking: 'One\n\nTwo', text: 'Hello', tool: 'weather({"a":1})\n' });
  expect(lastUsage(pieces)).toEqual({ input: 10, output: 20, cacheRead: 4, cacheWrite: 0, reasoning: 6 });
  expect(finish(pieces)).toBe('completed');
  expect(kinds(pieces).filter((kind) => kind === 'model')).toHaveLength(1);
  expect(kinds(pieces).at(-1)).toBe('terminal');
});

test('takes a finished part whose deltas never came', () => {
  const pieces = feed(createResponsesInterpreter(), [
    ev('response.output_text.done', { item_id: 'm', content_index: 0, text: 'Whole' }),
    ev('response.refusal.done', { item_id: 'm', content_index: 1, refusal: 'No.' }),
  ]);
  expect(lanes(pieces)).toEqual({ text: 'Whole', refusal: 'No.' });
});

test('incomplete is an end, with its reason', () => {
  const response = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
  const pieces = feed(createResponsesInterpreter(), [ev('response.incomplete', { response })]);
  expect(finish(pieces)).toBe('max_output_tokens');
  expect(kinds(pieces)).toContain('terminal');
});

test('failed is an error and an end', () => {
  const response = { status: 'failed', error: { code: 'server_error', message: 'Broke.' } };
  const pieces = feed(createResponsesInterpreter(), [ev('response.failed', { response })]);
  expect(errors(pieces)).toMatchObject([{ type: 'server_error', message: 'Broke.' }]);
  expect(kinds(pieces)).toContain('terminal');
});

test.each([
  ['flat', { type: 'error', code: 'c', message: 'm', param: null }],
  ['nested', { type: 'error', error: { code: 'c', message: 'm' } }],
  ['without a type', { error: { code: 'c', message: 'm' } }],
])('reads an error event, %s', (_name, event) => {
  const pieces = feed(createResponsesInterpreter(), [['message', event]]);
  expect(pieces).toMatchObject([{ kind: 'error', type: 'c', message: 'm' }]);
});

test('needs no [DONE] and does not mind one', () => {
  expect(feed(createResponsesInterpreter(), [['message', '[DONE]']])).toEqual([]);
});

test('reads a whole answer, error null included', () => {
  const pieces = createResponsesInterpreter().body(
    {
      object: 'response',
      model: 'gpt-x',
      status: 'completed',
      error: null,
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
        {
          type: 'message',
          content: [
            { type: 'output_text', text: 'Hi' },
            { type: 'refusal', refusal: 'No.' },
          ],
        },
        { type: 'function_call', name: 'f', arguments: '{}' },
      ],
      usage: USAGE,
    },
    200,
  );
  expect(lanes(pieces)).toEqual({ thinking: 'Hm', text: 'Hi', refusal: 'No.', tool: 'f({})\n' });
  expect(errors(pieces)).toEqual([]);
  expect(kinds(pieces).at(-1)).toBe('terminal');
});
