// The real SDKs, with their own stream parsers, must take the Demo for the real thing.
import Anthropic, { NotFoundError, OverloadedError, RateLimitError } from '@anthropic-ai/sdk';
import { InferenceClient } from '@huggingface/inference';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoServer } from '../../../../main/core/demo/demo-server.ts';
import { countTokens } from '../../../../main/core/demo/tokens.ts';
import { startFastDemo } from './support/demo.ts';

const KEY = `sk-CANARY-${Math.random().toString(36).slice(2)}`;
const TOOL_SCHEMA = {
  type: 'object' as const,
  properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
  required: ['city'],
};
const user = (content: string) => [{ role: 'user' as const, content }];

// Whole, and in pieces of seven bytes: parsers must not depend on where the network cuts.
describe.each([0, 7])('with %i bytes per write', (bytesPerWrite) => {
  let demo: DemoServer;
  let anthropic: Anthropic;
  let openai: OpenAI;
  beforeAll(async () => {
    demo = await startFastDemo({ bytesPerWrite });
    anthropic = new Anthropic({ apiKey: KEY, baseURL: `${demo.origin}/anthropic`, maxRetries: 0 });
    openai = new OpenAI({ apiKey: KEY, baseURL: `${demo.origin}/openai/v1`, maxRetries: 0 });
  });
  afterAll(() => demo.close());

  describe('Anthropic', () => {
    const ask = { model: 'demo-1', max_tokens: 150, messages: user('Tell me about tides') };

    test('a stream ends as the same message that comes unstreamed', async () => {
      const streamed = await anthropic.messages.stream(ask).finalMessage();
      const whole = await anthropic.messages.create(ask);
      expect(streamed.content).toEqual(whole.content);
      expect(streamed.usage.output_tokens).toBe(150);
      expect(whole.usage.output_tokens).toBe(150);
      expect(streamed.stop_reason).toBe('max_tokens');
      expect(whole._request_id).toMatch(/^req_demo-/);
    });
    test('thinks, with a signature', async () => {
      const message = await anthropic.messages
        .stream({ ...ask, model: 'demo-thinking', max_tokens: 2000, thinking: { type: 'adaptive' } })
        .finalMessage();
      expect(message.content.map((block) => block.type)).toEqual(['thinking', 'text']);
      expect(message.content[0]).toMatchObject({ signature: expect.stringMatching(/.{10}/) });
      expect(message.usage.output_tokens_details?.thinking_tokens).toBeGreaterThan(20);
    });
    test('calls a tool with arguments that fit its schema', async () => {
      const tools = [{ name: 'get_weather', input_schema: TOOL_SCHEMA }];
      for (const stream of [true, false]) {
        const options = { ...ask, model: 'demo-tool', tools };
        const message = await (stream
          ? anthropic.messages.stream(options).finalMessage()
          : anthropic.messages.create(options));
        expect(message.stop_reason).toBe('tool_use');
        const input = { city: expect.any(String), unit: 'celsius' };
        expect(message.content).toMatchObject([{ type: 'tool_use', name: 'get_weather', input }]);
      }
    });
    test('counts tokens before sending as it does after', async () => {
      const { input_tokens } = await anthropic.messages.countTokens({
        model: 'demo-1',
        messages: ask.messages,
      });
      const { usage } = await anthropic.messages.create(ask);
      expect(input_tokens).toBe(usage.input_tokens);
    });
    test('lists models', async () => {
      const models = [];
      for await (const model of anthropic.models.list()) models.push(model);
      expect(models.length).toBeGreaterThan(10);
      expect(models[0]).toMatchObject({ id: 'demo-1', display_name: expect.stringMatching(/^Demo/) });
    });
    test('raises its typed errors', async () => {
      const send = (model: string) => anthropic.messages.create({ ...ask, model });
      await expect(send('demo-rate-limited')).rejects.toThrow(RateLimitError);
      await expect(send('demo-overloaded')).rejects.toThrow(OverloadedError);
      await expect(send('claude-opus-5-5')).rejects.toThrow(NotFoundError);
      const failed = anthropic.messages.stream({ ...ask, model: 'demo-error-midstream' }).finalMessage();
      await expect(failed).rejects.toMatchObject({ type: 'overloaded_error' });
      await expect(anthropic.messages.stream({ ...ask, model: 'demo-cut' }).finalMessage()).rejects.toThrow();
    });
    test('refuses', async () => {
      const message = await anthropic.messages.stream({ ...ask, model: 'demo-refusal' }).finalMessage();
      expect(message.stop_reason).toBe('refusal');
      expect(message.stop_details?.explanation).toContain('Demo');
    });
  });

  describe('OpenAI chat', () => {
    const ask = { model: 'demo-1', max_completion_tokens: 150, messages: user('Tell me about tides') };

    test('a stream ends as the same completion that comes unstreamed', async () => {
      const long = { ...ask, max_completion_tokens: 2000 };
      const final = await openai.chat.completions
        .stream({ ...long, stream_options: { include_usage: true } })
        .finalChatCompletion();
      const whole = await openai.chat.completions.create(long);
      expect(final.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
      expect(final.usage).toEqual(whole.usage);
      expect(whole.usage?.completion_tokens).toBe(countTokens(whole.choices[0]?.message.content ?? ''));
      expect(whole._request_id).toMatch(/^req_demo-/);
    });
    test('calls a tool, refuses, and answers by schema', async () => {
      const fn = { name: 'get_weather', parameters: TOOL_SCHEMA };
      const called = await openai.chat.completions
        .stream({ ...ask, model: 'demo-tool', tools: [{ type: 'function', function: fn }] })
        .finalChatCompletion();
      const [call] = called.choices[0]?.message.tool_calls ?? [];
      expect(call).toMatchObject({ type: 'function', function: { name: 'get_weather' } });
      expect(called.choices[0]?.finish_reason).toBe('tool_calls');
      const refused = await openai.chat.completions
        .stream({ ...ask, model: 'demo-refusal' })
        .finalChatCompletion();
      expect(refused.choices[0]?.message.refusal).toContain('Demo');
      const structured = await openai.chat.completions.create({
        ...ask,
        response_format: { type: 'json_schema', json_schema: { name: 'w', schema: TOOL_SCHEMA } },
      });
      expect(JSON.parse(structured.choices[0]?.message.content ?? '')).toHaveProperty('city');
    });
    test('lists models and raises its typed errors', async () => {
      expect((await openai.models.list()).data[0]?.id).toBe('demo-1');
      const send = (model: string) => openai.chat.completions.create({ ...ask, model });
      await expect(send('demo-rate-limited')).rejects.toThrow(OpenAI.RateLimitError);
      await expect(send('demo-unauthorized')).rejects.toThrow(OpenAI.AuthenticationError);
      await expect(send('gpt-6-sol')).rejects.toThrow(OpenAI.NotFoundError);
      await expect(send('demo-overloaded')).rejects.toMatchObject({
        status: 503,
        code: 'server_is_overloaded',
      });
      const broken = openai.chat.completions
        .stream({ ...ask, model: 'demo-error-midstream' })
        .finalChatCompletion();
      await expect(broken).rejects.toThrow();
    });
  });

  describe('OpenAI responses', () => {
    const ask = { model: 'demo-1', input: 'Tell me about tides' };

    test('a stream ends as the same response that comes unstreamed', async () => {
      const streamed = await openai.responses.stream(ask).finalResponse();
      const whole = await openai.responses.create(ask);
      expect(streamed.output_text).toBe(whole.output_text);
      expect(streamed.usage).toEqual(whole.usage);
      expect(whole.status).toBe('completed');
    });
    test('is incomplete when cut by the limit', async () => {
      const final = await openai.responses.stream({ ...ask, max_output_tokens: 40 }).finalResponse();
      expect(final).toMatchObject({
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
      });
      expect(final.usage?.output_tokens).toBe(40);
    });
    test('thinks, calls a tool and refuses', async () => {
      const thought = await openai.responses.stream({ ...ask, model: 'demo-thinking' }).finalResponse();
      expect(thought.output.map((item) => item.type)).toEqual(['reasoning', 'message']);
      expect(thought.usage?.output_tokens_details.reasoning_tokens).toBeGreaterThan(20);
      const tools = [
        { type: 'function' as const, name: 'get_weather', parameters: TOOL_SCHEMA, strict: false },
      ];
      const called = await openai.responses.stream({ ...ask, model: 'demo-tool', tools }).finalResponse();
      expect(called.output).toMatchObject([{ type: 'function_call', name: 'get_weather' }]);
      const refused = await openai.responses.create({ ...ask, model: 'demo-refusal' });
      expect(refused.output).toMatchObject([{ content: [{ type: 'refusal' }] }]);
    });
    test('reports an error in mid-stream', async () => {
      const broken = openai.responses.stream({ ...ask, model: 'demo-error-midstream' }).finalResponse();
      await expect(broken).rejects.toThrow();
    });
  });

  describe('Hugging Face', () => {
    const ask = { model: 'demo-1', messages: user('Tell me about tides'), max_tokens: 120 };
    const client = () =>
      new InferenceClient(`hf_${KEY}`, { endpointUrl: `${demo.origin}/hf/v1`, retry_on_error: false });

    test('a stream has the same text as the whole answer', async () => {
      let text = '';
      let finish: string | undefined;
      for await (const chunk of client().chatCompletionStream(ask)) {
        text += chunk.choices[0]?.delta.content ?? '';
        finish = chunk.choices[0]?.finish_reason ?? finish;
      }
      const whole = await client().chatCompletion(ask);
      expect(text).toBe(whole.choices[0]?.message.content);
      expect(finish).toBe('length');
      expect(whole.usage.completion_tokens).toBe(120);
    });
    test('raises its errors', async () => {
      const send = (model: string) => client().chatCompletion({ ...ask, model });
      await expect(send('demo-overloaded')).rejects.toMatchObject({
        httpResponse: { status: 503, body: { estimated_time: 20 } },
      });
      await expect(send('nope')).rejects.toMatchObject({ httpResponse: { status: 404 } });
    });
  });
});
