import { describe, expect, test } from 'vitest';
import { createChatInterpreter } from '../../../../../main/core/providers/interpret/openai-chat.ts';
import { errors, feed, finish, kinds, lanes, lastUsage } from './support.ts';

const chunk = (delta: object, finish_reason: string | null = null, rest: object = {}): [string, unknown] => [
  'message',
  { object: 'chat.completion.chunk', model: 'gpt-x', choices: [{ index: 0, delta, finish_reason }], ...rest },
];

test('reads a stream with usage and [DONE]', () => {
  const pieces = feed(createChatInterpreter(), [
    chunk({ role: 'assistant', content: '', refusal: null }, null, { usage: null, obfuscation: 'abc' }),
    chunk({ content: 'Hel' }),
    chunk({ content: 'lo' }),
    chunk({}, 'stop'),
    [
      'message',
      {
        model: 'gpt-x',
        choices: [],
        usage: {
          prompt_tokens: 10,
          completion_tokens: 20,
          prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 },
          completion_tokens_details: { reasoning_tokens: 7 },
        },
      },
    ],
    ['message', '[DONE]'],
  ]);
  expect(lanes(pieces)).toEqual({ text: 'Hello' });
  expect(lastUsage(pieces)).toEqual({ input: 10, output: 20, cacheRead: 4, cacheWrite: 2, reasoning: 7 });
  expect(finish(pieces)).toBe('stop');
  expect(kinds(pieces)).toEqual(['model', 'text', 'text', 'finish', 'terminal', 'usage']);
});

test('gathers parallel tool calls one after the other', () => {
  const call = (index: number, fn: object) => chunk({ tool_calls: [{ index, function: fn }] });
  const pieces = feed(createChatInterpreter(), [
    call(0, { name: 'a', arguments: '' }),
    call(0, { arguments: '{"x":' }),
    call(0, { arguments: '1}' }),
    call(1, { name: 'b', arguments: '{}' }),
    chunk({}, 'tool_calls'),
  ]);
  expect(lanes(pieces)).toEqual({ tool: 'a({"x":1})\nb({})\n' });
});

test('reads reasoning under both names, refusals and typed parts', () => {
  const pieces = feed(createChatInterpreter(), [
    chunk({ reasoning_content: 'Hm' }),
    chunk({ reasoning: 'm', reasoning_details: [{ text: 'm' }] }),
    chunk({ refusal: 'No.' }),
    chunk({
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: '…' }] },
        { type: 'text', text: 'Hi' },
      ],
    }),
  ]);
  expect(lanes(pieces)).toEqual({ thinking: 'Hmm…', refusal: 'No.', text: 'Hi' });
});

describe('terminal', () => {
  test('comes with finish_reason, for servers that send no [DONE]', () => {
    expect(kinds(feed(createChatInterpreter(), [chunk({}, 'stop')]))).toContain('terminal');
  });
  test('comes with [DONE] alone', () => {
    expect(
      kinds(feed(createChatInterpreter(), [chunk({ content: 'x' }), ['message', ' [DONE] ']])),
    ).toContain('terminal');
  });
  test('does not come before', () => {
    expect(kinds(feed(createChatInterpreter(), [chunk({ content: 'x' })]))).not.toContain('terminal');
  });
  test('waits for every choice', () => {
    const both = {
      choices: [
        { index: 0, delta: {} },
        { index: 1, delta: {} },
      ],
    };
    const end = (index: number) =>
      ['message', { choices: [{ index, delta: {}, finish_reason: 'stop' }] }] as const;
    const interpreter = createChatInterpreter();
    expect(kinds(feed(interpreter, [['message', both], end(0)]))).not.toContain('terminal');
    expect(kinds(feed(interpreter, [end(1)]))).toContain('terminal');
  });
});

test('takes the text of the first choice only', () => {
  const event = {
    choices: [
      { index: 1, delta: { content: 'two' } },
      { index: 0, delta: { content: 'one' } },
    ],
  };
  expect(lanes(feed(createChatInterpreter(), [['message', event]]))).toEqual({ text: 'one' });
});

test('reads an error in mid-stream and does not call it an end', () => {
  const openRouter = {
    id: 'gen-1',
    error: { code: 502, message: 'Provider returned error', metadata: { raw: 'upstream died' } },
    choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
  };
  const pieces = feed(createChatInterpreter(), [['message', openRouter]]);
  expect(errors(pieces)).toMatchObject([{ message: 'Provider returned error: upstream died' }]);
  expect(kinds(pieces)).not.toContain('terminal');
  expect(
    errors(feed(createChatInterpreter(), [['message', { error: { message: 'x', type: 't', code: 'c' } }]])),
  ).toMatchObject([{ type: 'c', message: 'x' }]);
});

describe('whole answers', () => {
  test('text, refusal, tools and usage', () => {
    const pieces = createChatInterpreter().body(
      {
        object: 'chat.completion',
        model: 'gpt-x',
        choices: [
          {
            index: 0,
            finish_reason: 'tool_calls',
            message: {
              content: 'Hi',
              refusal: null,
              reasoning_content: 'Hm',
              tool_calls: [
                { id: '1', function: { name: 'a', arguments: '{}' } },
                { id: '2', function: { name: 'b', arguments: '{"y":2}' } },
              ],
            },
          },
        ],
        usage: { prompt_tokens: 1, completion_tokens: 2 },
      },
      200,
    );
    expect(lanes(pieces)).toEqual({ thinking: 'Hm', text: 'Hi', tool: 'a({})\nb({"y":2})\n' });
    expect(kinds(pieces).at(-1)).toBe('terminal');
  });
  test('are whole without a finish_reason too', () => {
    const body = { choices: [{ message: { content: 'Hi' }, finish_reason: null }] };
    expect(kinds(createChatInterpreter().body(body, 200))).toEqual(['text', 'terminal']);
  });
  test('of another API give nothing', () => {
    expect(createChatInterpreter().body({ model: 'x', embedding: [1] }, 200)).toEqual([]);
    expect(createChatInterpreter().body(['x'], 200)).toEqual([]);
  });
  test('with status 200 and an error are errors', () => {
    const pieces = createChatInterpreter().body({ error: 'model not found' }, 200);
    expect(pieces).toMatchObject([{ kind: 'error', message: 'model not found' }]);
  });
});
