// The table of providers.md section 4, row by row.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoServer } from '../../../../main/core/demo/demo-server.ts';
import { bodyOf, FORMATS, type Format, post, readEvents, startFastDemo } from './support/demo.ts';

let demo: DemoServer;
beforeAll(async () => {
  demo = await startFastDemo();
});
afterAll(() => demo.close());

const stream = async (format: Format, extra: object = {}) => {
  const response = await post(demo.origin, format, bodyOf(format, { stream: true, ...extra }));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  return readEvents(await response.text());
};

describe('Anthropic Messages', () => {
  test('events come in the documented order', async () => {
    const names = (await stream('anthropic')).map(({ event }) => event);
    expect(names.slice(0, 3)).toEqual(['message_start', 'content_block_start', 'ping']);
    expect(names.slice(-3)).toEqual(['content_block_stop', 'message_delta', 'message_stop']);
    expect(new Set(names.slice(3, -3))).toEqual(new Set(['content_block_delta']));
  });
  test('every event repeats its name as type, and JSON is padded before the last brace', async () => {
    const response = await post(demo.origin, 'anthropic', bodyOf('anthropic', { stream: true }));
    const text = await response.text();
    for (const { event, data } of readEvents(text)) expect(data.type).toBe(event);
    expect(text).toMatch(/ {3,}\}\n\n/);
  });
  test('usage of message_delta is cumulative', async () => {
    const events = await stream('anthropic', { max_tokens: 33 });
    expect(events[0]?.data.message.usage).toMatchObject({
      input_tokens: expect.any(Number),
      output_tokens: 1,
    });
    expect(events.at(-2)?.data).toMatchObject({
      delta: { stop_reason: 'max_tokens', stop_sequence: null },
      usage: { output_tokens: 33, input_tokens: events[0]?.data.message.usage.input_tokens },
    });
  });
  test('a stop sequence ends the answer and is named', async () => {
    const events = await stream('anthropic', { stop_sequences: ['## What'] });
    expect(events.at(-2)?.data.delta).toMatchObject({
      stop_reason: 'stop_sequence',
      stop_sequence: '## What',
    });
  });
  test('a tool call starts with an empty delta', async () => {
    const tools = [{ name: 't', input_schema: { type: 'object', properties: { a: { type: 'integer' } } } }];
    const events = await stream('anthropic', { model: 'demo-tool', tools });
    const parts = events.filter(({ event }) => event === 'content_block_delta').map(({ data }) => data.delta);
    expect(parts[0]).toEqual({ type: 'input_json_delta', partial_json: '' });
    expect(JSON.parse(parts.map((part) => part.partial_json).join(''))).toEqual({ a: 1 });
  });
  test.each([
    ['2026-10-21', 'temperature', 1, 400],
    ['2026-10-21', 'top_p', 1, 400],
    ['2026-10-21', 'top_k', 5, 400],
    ['2023-06-01', 'temperature', 1, 200],
    ['2023-06-01', 'top_p', 0.5, 200],
    ['2023-06-01', 'top_k', 5, 200],
  ])('version %s with %s: %d gives %d', async (version, field, value, status) => {
    const headers = { 'anthropic-version': version };
    const response = await post(demo.origin, 'anthropic', bodyOf('anthropic', { [field]: value }), {
      headers,
    });
    expect(response.status).toBe(status);
    if (status === 400)
      expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining(field) } });
  });
  test('a missing or unknown version is refused', async () => {
    for (const headers of [{}, { 'anthropic-version': '2020-01-01' }]) {
      const response = await post(demo.origin, 'anthropic', bodyOf('anthropic'), { headers });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        type: 'error',
        error: { type: 'invalid_request_error' },
      });
    }
  });
  test('the new version refuses documents of the assistant and citations on user text', async () => {
    const messages = [
      { role: 'user', content: [{ type: 'text', text: 'x', citations: [{ cited_text: 'y' }] }] },
      { role: 'assistant', content: [{ type: 'document', source: {} }] },
    ];
    for (const message of messages) {
      const body = bodyOf('anthropic', { messages: [{ role: 'user', content: 'a' }, message] });
      expect((await post(demo.origin, 'anthropic', body)).status).toBe(400);
      const old = await post(demo.origin, 'anthropic', body, {
        headers: { 'anthropic-version': '2023-06-01' },
      });
      expect(old.status).toBe(200);
    }
  });
  test('both ways of sending a key are taken, and none is needed', async () => {
    for (const headers of [{ authorization: 'Bearer x' }, { 'x-api-key': 'x' }, {}]) {
      const all = { 'anthropic-version': '2026-10-21', ...headers };
      expect((await post(demo.origin, 'anthropic', bodyOf('anthropic'), { headers: all })).status).toBe(200);
    }
  });
});

describe('OpenAI Chat Completions', () => {
  test('only with include_usage do chunks have usage: null, and the last one counts', async () => {
    const without = await stream('chat');
    expect(without.some(({ data }) => typeof data === 'object' && 'usage' in data)).toBe(false);
    const events = await stream('chat', { stream_options: { include_usage: true } });
    expect(events.at(-1)?.data).toBe('[DONE]');
    expect(events.at(-2)?.data).toMatchObject({
      choices: [],
      usage: { completion_tokens: expect.any(Number) },
    });
    for (const { data } of events.slice(0, -2)) expect(data.usage).toBeNull();
  });
  test('obfuscation is on unless turned off, and hides the size of tokens', async () => {
    const events = await stream('chat');
    const sizes = events
      .filter(({ data }) => data.choices?.[0]?.delta.content)
      .map(({ data }) => (data.obfuscation.length + data.choices[0].delta.content.length) % 16);
    expect(new Set(sizes)).toEqual(new Set([0]));
    const off = await stream('chat', { stream_options: { include_obfuscation: false } });
    expect(JSON.stringify(off)).not.toContain('obfuscation');
  });
  test('chunks share one id and have no event name', async () => {
    const events = await stream('chat');
    expect(new Set(events.slice(0, -1).map(({ data }) => data.id)).size).toBe(1);
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['']));
    expect(events[0]?.data).toMatchObject({
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { role: 'assistant', content: '', refusal: null }, finish_reason: null }],
    });
  });
});

describe('OpenAI Responses', () => {
  test('events are numbered from 0, named by their type, and end without [DONE]', async () => {
    const events = await stream('responses');
    expect(events.map(({ data }) => data.sequence_number)).toEqual(events.map((_, i) => i));
    for (const { event, data } of events) expect(data.type).toBe(event);
    const names = events.map(({ event }) => event).filter((name, i, all) => name !== all[i - 1]);
    expect(names).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });
});

describe('Hugging Face chat', () => {
  test('sends chunks as OpenAI, with reasoning and without obfuscation', async () => {
    const events = await stream('hf', { model: 'demo-thinking' });
    expect(events.at(-1)?.data).toBe('[DONE]');
    expect(events.some(({ data }) => data.choices?.[0]?.delta.reasoning_content)).toBe(true);
    expect(JSON.stringify(events)).not.toContain('obfuscation');
  });
});

describe.each(FORMATS)('%s', (format) => {
  test('is marked Demo in headers and ids', async () => {
    const response = await post(demo.origin, format, bodyOf(format));
    expect(response.headers.get('x-keybench-demo')).toBe('1');
    expect(response.headers.get(format === 'anthropic' ? 'request-id' : 'x-request-id')).toMatch(
      /^req_demo-/,
    );
    expect((await response.json()).id).toMatch(/demo-/);
  });
  test('gives equal answers to equal prompts and others to others', async () => {
    const text = async (prompt: string) => {
      const answer = await (await post(demo.origin, format, bodyOf(format, {}, prompt))).json();
      return JSON.stringify(
        answer.content ?? answer.choices?.[0].message.content ?? answer.output[0].content,
      );
    };
    const first = await text('Tell me about the tides of the North Sea');
    expect(await text('Tell me about the tides of the North Sea')).toBe(first);
    expect(await text('Tell me about volcanoes')).not.toBe(first);
    expect(first).toContain('9 words');
    expect(first).toMatch(/tides/);
    expect(first).toContain('Demo provider');
    expect(first).toContain('```');
  });
});
