// The smallest true answers of each wire format, for servers that break them.

export interface WireFormat {
  name: string;
  /** How its request path ends. */
  path: string;
  /** One text event. */
  text(s: string): string;
  /** What comes before the first text. */
  start: string;
  /** What ends an answer; without it, it is truncated. */
  end: string;
  /** An error inside a stream. */
  error: string;
  /** A whole answer that is not streamed. */
  whole(s: string): string;
  /** An error body. */
  errorBody(type: string, message: string): string;
}

const sse = (data: unknown, event?: string) =>
  `${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`;
const named = (data: { type: string }) => sse(data, data.type);

const anthropicUsage = { input_tokens: 3, output_tokens: 2 };
const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'sample-1', content: [] };

export const ANTHROPIC: WireFormat = {
  name: 'anthropic',
  path: '/messages',
  start:
    named({ type: 'message_start', message: { ...message, usage: anthropicUsage } } as never) +
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as never),
  text: (text) =>
    named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as never),
  end:
    named({ type: 'content_block_stop', index: 0 } as never) +
    named({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: anthropicUsage } as never) +
    named({ type: 'message_stop' }),
  error: named({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } as never),
  whole: (text) =>
    JSON.stringify({
      ...message,
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      usage: anthropicUsage,
    }),
  errorBody: (type, text) =>
    JSON.stringify({ type: 'error', error: { type, message: text }, request_id: 'req_sample' }),
};

const chunk = (delta: object, finish: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'sample-1',
  choices: [{ index: 0, delta, finish_reason: finish }],
});

export const CHAT: WireFormat = {
  name: 'chat',
  path: '/chat/completions',
  start: sse(chunk({ role: 'assistant', content: '' })),
  text: (content) => sse(chunk({ content })),
  end: `${sse(chunk({}, 'stop'))}data: [DONE]\n\n`,
  error: sse({ error: { message: 'Overloaded', type: 'overloaded_error', code: null } }),
  whole: (content) =>
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'sample-1',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    }),
  errorBody: (type, text) => JSON.stringify({ error: { message: text, type, param: null, code: type } }),
};

const response = (status: string, text: string) => ({
  id: 'resp_1',
  object: 'response',
  status,
  model: 'sample-1',
  output: text
    ? [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }], status: 'completed' }]
    : [],
  usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
});

const RESPONSES: WireFormat = {
  name: 'responses',
  path: '/responses',
  start: named({ type: 'response.created', response: response('in_progress', '') } as never),
  text: (delta) =>
    named({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta } as never),
  end: named({ type: 'response.completed', response: response('completed', 'all') } as never),
  error: named({ type: 'error', code: 'overloaded_error', message: 'Overloaded' } as never),
  whole: (text) => JSON.stringify(response('completed', text)),
  errorBody: CHAT.errorBody,
};

export const WIRES: readonly WireFormat[] = [ANTHROPIC, CHAT, RESPONSES];
