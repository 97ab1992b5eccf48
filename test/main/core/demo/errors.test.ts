import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoServer } from '../../../../main/core/demo/demo-server.ts';
import { createAnthropicInterpreter } from '../../../../main/core/providers/interpret/anthropic-messages.ts';
import { createChatInterpreter } from '../../../../main/core/providers/interpret/openai-chat.ts';
import { bodyOf, FORMATS, type Format, PATHS, post, readEvents, startFastDemo } from './support/demo.ts';

let demo: DemoServer;
beforeAll(async () => {
  demo = await startFastDemo();
});
afterAll(() => demo.close());

const shape: Record<Format, (type: string, code: string | null) => object> = {
  anthropic: (type) => ({
    type: 'error',
    error: { type, message: expect.any(String) },
    request_id: expect.any(String),
  }),
  chat: (type, code) => ({ error: { message: expect.any(String), type, code, param: expect.anything() } }),
  responses: (type, code) => ({
    error: { message: expect.any(String), type, code, param: expect.anything() },
  }),
  hf: (type, code) => ({ error: { message: expect.any(String), type, code, param: expect.anything() } }),
};

describe('bodies that are wrong', () => {
  test.each<[Format, object, string, string | null]>([
    ['anthropic', { max_tokens: undefined }, 'max_tokens: Field required', null],
    ['anthropic', { max_tokens: 'many' }, 'max_tokens', null],
    ['anthropic', { messages: undefined }, 'messages: Field required', null],
    ['anthropic', { messages: [] }, 'at least one message', null],
    ['anthropic', { messages: [{ role: 'boss', content: 'x' }] }, 'messages.0.role', null],
    ['anthropic', { messages: [{ role: 'user' }] }, 'messages.0.content: Field required', null],
    ['anthropic', { messages: [{ role: 'user', content: '' }] }, 'non-empty content', null],
    ['anthropic', { made_up: 1 }, 'made_up: Extra inputs are not permitted', null],
    ['chat', { messages: undefined }, "Missing required parameter: 'messages'", 'missing_required_parameter'],
    ['chat', { messages: 'hi' }, "Invalid type for 'messages'", 'invalid_type'],
    ['chat', { messages: [] }, 'empty array', 'empty_array'],
    ['chat', { messages: [{ role: 'boss', content: 'x' }] }, 'Invalid value: "boss"', 'invalid_value'],
    ['chat', { temperature: 'hot' }, "Invalid type for 'temperature'", 'invalid_type'],
    ['chat', { temperature: 3 }, "Invalid 'temperature'", 'decimal_above_max_value'],
    ['chat', { max_completion_tokens: 0 }, "Invalid 'max_completion_tokens'", 'integer_below_min_value'],
    ['chat', { made_up: 1 }, "Unknown parameter: 'made_up'", 'unknown_parameter'],
    ['chat', { stream_options: { include_usage: true } }, "'stream_options'", null],
    ['responses', { input: undefined }, "Missing required parameter: 'input'", 'missing_required_parameter'],
    ['responses', { input: 7 }, "Invalid type for 'input'", 'invalid_type'],
    ['responses', { messages: [] }, "Unknown parameter: 'messages'", 'unknown_parameter'],
    ['hf', { messages: undefined }, "Missing required parameter: 'messages'", 'missing_required_parameter'],
  ])('%s %j', async (format, extra, message, code) => {
    const response = await post(demo.origin, format, bodyOf(format, extra as Record<string, unknown>));
    expect(response.status).toBe(400);
    const body = await response.json();
    expect(body.error.message).toContain(message);
    if (format === 'anthropic') expect(body).toMatchObject(shape.anthropic('invalid_request_error', null));
    else expect(body.error).toMatchObject({ type: 'invalid_request_error', code });
  });

  test.each(FORMATS)('%s: not JSON, not an object, too large', async (format) => {
    for (const text of ['{"a":', '[1]', '"x"', '']) {
      const response = await post(demo.origin, format, text);
      expect(response.status).toBe(400);
      expect((await response.json()).error).toBeTruthy();
    }
    const large = await post(demo.origin, format, JSON.stringify({ filler: 'x'.repeat(9 * 1024 * 1024) }));
    expect(large.status).toBe(413);
    expect(JSON.stringify(await large.json())).toContain('larger than 8 MB');
  });
});

describe.each(FORMATS)('%s', (format) => {
  const send = (model: string, extra: object = {}) =>
    post(demo.origin, format, bodyOf(format, { model, ...extra }));
  const told = async (response: Response) => {
    const body = await response.json();
    const interpreter = format === 'anthropic' ? createAnthropicInterpreter() : createChatInterpreter();
    const [piece] = interpreter.body(body, response.status);
    return { body, piece };
  };

  test('an unknown model is 404', async () => {
    const response = await send('gpt-9');
    expect(response.status).toBe(404);
    const { piece } = await told(response);
    expect(piece).toMatchObject({
      kind: 'error',
      type: format === 'anthropic' ? 'not_found_error' : 'model_not_found',
    });
  });

  test('an unknown path is 404 and a wrong method 405, in the shape of the family', async () => {
    const missing = await fetch(`${demo.origin}${PATHS[format]}/nope`, { method: 'POST', body: '{}' });
    expect(missing.status).toBe(404);
    expect((await told(missing)).piece).toMatchObject({ message: expect.stringContaining('Invalid URL') });
    const wrong = await fetch(demo.origin + PATHS[format], { method: 'GET' });
    expect(wrong.status).toBe(405);
    expect((await told(wrong)).piece).toMatchObject({ message: expect.stringContaining('use POST') });
  });

  test('demo-rate-limited is 429 with a wait, and nothing left', async () => {
    const response = await send('demo-rate-limited');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.get('retry-after-ms')).toBe(
      format === 'chat' || format === 'responses' ? '2000' : null,
    );
    expect((await told(response)).piece).toMatchObject({
      type: {
        anthropic: 'rate_limit_error',
        chat: 'rate_limit_exceeded',
        responses: 'rate_limit_exceeded',
        hf: 'http_429',
      }[format],
    });
  });

  test('demo-overloaded and demo-unauthorized', async () => {
    const overloaded = await send('demo-overloaded');
    expect(overloaded.status).toBe(format === 'anthropic' ? 529 : 503);
    expect((await told(overloaded)).piece).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('overloaded'),
    });
    expect((await send('demo-unauthorized')).status).toBe(401);
  });

  test('demo-flaky fails twice and then answers', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await send('demo-flaky')).status);
    const busy = format === 'anthropic' ? 529 : 503;
    expect(statuses).toEqual([busy, busy, 200, busy]);
    // Back to the start for the next format, which asks with the same prompt.
    await send('demo-flaky');
    await send('demo-flaky');
  });

  test('demo-cut ends cleanly in the middle, without the last event', async () => {
    const text = await (await send('demo-cut', { stream: true })).text();
    const events = readEvents(text);
    expect(events.length).toBeGreaterThan(20);
    const last = events.at(-1)?.event;
    expect(['message_stop', 'response.completed']).not.toContain(last);
    expect(text).not.toContain('[DONE]');
    expect(text).not.toContain('"finish_reason":"stop"');
  });

  test('demo-drop breaks the connection in the middle', async () => {
    const response = await send('demo-drop', { stream: true });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('demo-error-midstream reports the error inside a 200 stream', async () => {
    const events = readEvents(await (await send('demo-error-midstream', { stream: true })).text());
    const last = events.at(-1);
    if (format === 'anthropic')
      expect(last).toMatchObject({ event: 'error', data: { error: { type: 'overloaded_error' } } });
    else if (format === 'responses')
      expect(last).toMatchObject({ event: 'error', data: { message: expect.any(String) } });
    else expect(last?.data.error).toBeTruthy();
  });

  test('unstreamed, the same models break the body instead', async () => {
    expect((await send('demo-error-midstream')).status).toBe(500);
    await expect(send('demo-cut').then((response) => response.text())).rejects.toThrow();
    await expect(send('demo-drop').then((response) => response.text())).rejects.toThrow();
  });
});
