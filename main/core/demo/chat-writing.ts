// Writes a plan as Chat Completions chunks, or as one completion.
import { asObject } from '../json-shape.ts';
import type { Exchange } from './exchange.ts';
import type { DemoError, Family } from './family.ts';
import type { Step } from './pace.ts';
import type { Plan } from './plan.ts';
import type { Writing } from './serve-plan.ts';

export interface ChatStyle {
  family: Family;
  /** Chunks carry a filler, so that sizes tell nothing of the text. */
  obfuscation: boolean;
  /** Thinking is sent as `reasoning_content`; OpenAI itself only counts it. */
  showsReasoning: boolean;
}

const FINISH = { end: 'stop', length: 'length', stop: 'stop', tool: 'tool_calls', refusal: 'stop' } as const;

const usageOf = (plan: Plan) => ({
  prompt_tokens: plan.ask.inputTokens,
  completion_tokens: plan.outputTokens,
  total_tokens: plan.ask.inputTokens + plan.outputTokens,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: plan.thinking.length,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
});

const envelope = (plan: Plan, { context }: Exchange, object: string) => ({
  id: `chatcmpl-${context.newId()}`,
  object,
  created: Math.floor(context.clock.now() / 1000),
  model: plan.ask.model.id,
  service_tier: 'default',
  system_fingerprint: 'fp_demo',
});

/** As long as needed to make token and filler 16 characters. */
const filler = (seed: number, token: string) =>
  (Math.imul(seed ^ token.length, 0x9e3779b1) >>> 0)
    .toString(36)
    .repeat(3)
    .slice(0, 16 - (token.length % 16));

/** `body` is the request, for its `stream_options`. */
export function createChatWriting(style: ChatStyle, body: unknown): Writing {
  const options = asObject(asObject(body)?.stream_options) ?? {};
  const includeUsage = options.include_usage === true;
  const obfuscate = style.obfuscation && options.include_obfuscation !== false;

  return {
    *steps(plan: Plan, exchange: Exchange): Iterable<Step> {
      const head = envelope(plan, exchange, 'chat.completion.chunk');
      const chunk = (delta: object, finish: string | null, token: string): string => {
        const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
        const rest = {
          ...(includeUsage ? { usage: null } : {}),
          ...(obfuscate ? { obfuscation: filler(plan.seed, token) } : {}),
        };
        return `data: ${JSON.stringify({ ...head, choices, ...rest })}\n\n`;
      };
      const now = (delta: object, finish: string | null = null): Step => ({
        text: chunk(delta, finish, ''),
        paced: false,
      });
      const paced = (delta: object, token: string): Step => ({
        text: chunk(delta, null, token),
        paced: true,
      });

      const field = plan.refused ? 'refusal' : 'content';
      yield now({ role: 'assistant', content: plan.refused || plan.tool ? null : '', refusal: null });
      for (const token of plan.thinking) {
        // Hidden reasoning takes its time and sends nothing.
        yield style.showsReasoning ? paced({ reasoning_content: token }, token) : { text: '', paced: true };
      }
      for (const token of plan.text) yield paced({ [field]: token }, token);
      if (plan.tool) {
        const call = { index: 0, id: `call_${exchange.context.newId()}`, type: 'function' };
        yield now({ tool_calls: [{ ...call, function: { name: plan.tool.name, arguments: '' } }] });
        for (const token of plan.tool.args) {
          yield paced({ tool_calls: [{ index: 0, function: { arguments: token } }] }, token);
        }
      }
      yield now({}, FINISH[plan.stop]);
      if (includeUsage) {
        yield {
          text: `data: ${JSON.stringify({ ...head, choices: [], usage: usageOf(plan) })}\n\n`,
          paced: false,
        };
      }
      yield { text: 'data: [DONE]\n\n', paced: false };
    },
    whole(plan, exchange) {
      const text = plan.text.join('');
      const message = {
        role: 'assistant',
        content: plan.refused || plan.tool ? null : text,
        refusal: plan.refused ? text : null,
        annotations: [],
        ...(style.showsReasoning && plan.thinking.length > 0
          ? { reasoning_content: plan.thinking.join('') }
          : {}),
        ...(plan.tool ? { tool_calls: [toolCall(plan.tool, exchange)] } : {}),
      };
      return {
        ...envelope(plan, exchange, 'chat.completion'),
        choices: [{ index: 0, message, logprobs: null, finish_reason: FINISH[plan.stop] }],
        usage: usageOf(plan),
      };
    },
    errorStep: (error: DemoError, _plan: Plan, exchange: Exchange) =>
      `data: ${JSON.stringify(style.family.errorBody(error, exchange))}\n\n`,
  };
}

const toolCall = (tool: NonNullable<Plan['tool']>, { context }: Exchange) => ({
  id: `call_${context.newId()}`,
  type: 'function',
  function: { name: tool.name, arguments: tool.args.join('') },
});
