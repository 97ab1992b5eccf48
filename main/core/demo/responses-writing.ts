// Writes a plan as a Responses answer: numbered, named events and no `[DONE]`.
import { asArray, asObject } from '../json-shape.ts';
import type { Exchange } from './exchange.ts';
import type { DemoError } from './family.ts';
import type { Step } from './pace.ts';
import type { Plan } from './plan.ts';
import { itemsOf } from './responses-items.ts';
import type { Writing } from './serve-plan.ts';

const usageOf = (plan: Plan) => ({
  input_tokens: plan.ask.inputTokens,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: plan.outputTokens,
  output_tokens_details: { reasoning_tokens: plan.thinking.length },
  total_tokens: plan.ask.inputTokens + plan.outputTokens,
});

/** The response object without what only its end knows; `body` is the request, whose settings it repeats. */
function opening(plan: Plan, { context }: Exchange, body: Record<string, unknown>) {
  return {
    id: `resp_${context.newId()}`,
    object: 'response',
    created_at: Math.floor(context.clock.now() / 1000),
    status: 'in_progress',
    background: false,
    completed_at: null as number | null,
    error: null,
    incomplete_details: null as { reason: string } | null,
    instructions: body.instructions ?? null,
    max_output_tokens: plan.ask.maxTokens,
    max_tool_calls: null,
    model: plan.ask.model.id,
    output: [] as unknown[],
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: body.previous_response_id ?? null,
    reasoning: { effort: asObject(body.reasoning)?.effort ?? null, summary: null },
    service_tier: 'default',
    store: body.store ?? true,
    temperature: body.temperature ?? 1,
    text: body.text ?? { format: { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: asArray(body.tools),
    top_logprobs: 0,
    top_p: body.top_p ?? 1,
    truncation: body.truncation ?? 'disabled',
    usage: null as ReturnType<typeof usageOf> | null,
    user: null,
    metadata: body.metadata ?? {},
    access_programs: null,
  };
}

type Opening = ReturnType<typeof opening>;

function ended(start: Opening, plan: Plan, output: unknown[], { context }: Exchange): Opening {
  const short = plan.stop === 'length';
  return {
    ...start,
    status: short ? 'incomplete' : 'completed',
    completed_at: short ? null : Math.floor(context.clock.now() / 1000),
    incomplete_details: short ? { reason: 'max_output_tokens' } : null,
    output,
    usage: usageOf(plan),
  };
}

export function createResponsesWriting(request: unknown): Writing {
  const body = asObject(request) ?? {};
  const obfuscate = asObject(body.stream_options)?.include_obfuscation !== false;
  let sequence = 0;
  const frame = (type: string, fields: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields, sequence_number: sequence++ })}\n\n`;

  return {
    *steps(plan: Plan, exchange: Exchange): Iterable<Step> {
      const now = (type: string, fields: object): Step => ({ text: frame(type, fields), paced: false });
      const start = opening(plan, exchange, body);
      yield now('response.created', { response: start });
      yield now('response.in_progress', { response: start });
      const items = itemsOf(plan, exchange.context.newId());
      for (const [output_index, item] of items.entries()) {
        yield now('response.output_item.added', { output_index, item: item.open });
        const at = { item_id: item.open.id, output_index, ...item.position };
        if (item.part) yield now(`${item.part.event}.added`, { ...at, part: item.part.open });
        for (const token of item.tokens) {
          const filler = obfuscate ? { obfuscation: 'x'.repeat(16 - (token.length % 16)) } : {};
          yield {
            text: frame(`${item.event}.delta`, { ...at, delta: token, ...item.extra, ...filler }),
            paced: true,
          };
        }
        yield now(`${item.event}.done`, { ...at, [item.doneField]: item.tokens.join(''), ...item.extra });
        if (item.part) yield now(`${item.part.event}.done`, { ...at, part: item.part.whole });
        yield now('response.output_item.done', { output_index, item: item.whole });
      }
      const end = ended(
        start,
        plan,
        items.map((item) => item.whole),
        exchange,
      );
      yield now(`response.${end.status}`, { response: end });
    },
    whole: (plan, exchange) =>
      ended(
        opening(plan, exchange, body),
        plan,
        itemsOf(plan, exchange.context.newId()).map((item) => item.whole),
        exchange,
      ),
    errorStep: (error: DemoError) =>
      frame('error', { code: 'server_error', message: error.message, param: null }),
  };
}
