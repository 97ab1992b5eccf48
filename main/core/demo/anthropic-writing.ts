// Writes a plan as Anthropic Messages: events in the documented order, with pings and padded JSON.
import type { Exchange } from './exchange.ts';
import { ANTHROPIC } from './families.ts';
import type { DemoError } from './family.ts';
import type { Step } from './pace.ts';
import type { Plan } from './plan.ts';
import type { Writing } from './serve-plan.ts';

const STOP_REASONS = {
  end: 'end_turn',
  length: 'max_tokens',
  stop: 'stop_sequence',
  tool: 'tool_use',
  refusal: 'refusal',
} as const;

/** Real streams pad JSON with spaces before the last brace, so that sizes tell nothing of the text. */
function frame(type: string, fields: object, padding = 0): string {
  const json = JSON.stringify({ type, ...fields });
  return `event: ${type}\ndata: ${json.slice(0, -1)}${' '.repeat(padding)}}\n\n`;
}

const usageOf = (plan: Plan, outputTokens: number) => ({
  input_tokens: plan.ask.inputTokens,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: outputTokens,
  output_tokens_details: plan.thinking.length > 0 ? { thinking_tokens: plan.thinking.length } : null,
  server_tool_use: null,
});

const messageUsage = (plan: Plan, outputTokens: number) => ({
  ...usageOf(plan, outputTokens),
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  service_tier: 'standard',
  speed: 'standard',
  inference_geo: null,
});

const stopFields = (plan: Plan) => ({
  stop_reason: STOP_REASONS[plan.stop],
  stop_sequence: plan.stop === 'stop' ? plan.stopText : null,
  stop_details: plan.refused ? { type: 'refusal', category: null, explanation: plan.text.join('') } : null,
});

const message = (plan: Plan, id: string) => ({
  id: `msg_${id}`,
  type: 'message',
  role: 'assistant',
  model: plan.ask.model.id,
  container: null,
  diagnostics: null,
});

interface Block {
  /** Without its text. */
  open: Record<string, unknown>;
  tokens: readonly string[];
  delta: (text: string) => object;
  /** Sent after the last token. */
  last?: object;
  whole: Record<string, unknown>;
}

/** The content blocks of an answer. A refusal has none: its text is in `stop_details`. */
function blocksOf(plan: Plan, id: string): Block[] {
  const blocks: Block[] = [];
  if (plan.thinking.length > 0) {
    const signature = Buffer.from(`demo signature ${plan.seed}`).toString('base64');
    blocks.push({
      open: { type: 'thinking', thinking: '', signature: '' },
      tokens: plan.thinking,
      delta: (thinking) => ({ type: 'thinking_delta', thinking }),
      last: { type: 'signature_delta', signature },
      whole: { type: 'thinking', thinking: plan.thinking.join(''), signature },
    });
  }
  if (plan.text.length > 0 && !plan.refused) {
    blocks.push({
      open: { type: 'text', text: '', citations: null },
      tokens: plan.text,
      delta: (text) => ({ type: 'text_delta', text }),
      whole: { type: 'text', text: plan.text.join(''), citations: null },
    });
  }
  if (plan.tool) {
    const tool = { type: 'tool_use', id: `toolu_${id}`, name: plan.tool.name, caller: { type: 'direct' } };
    const cut = plan.stop === 'length';
    blocks.push({
      open: { ...tool, input: {} },
      tokens: plan.tool.args,
      delta: (partial_json) => ({ type: 'input_json_delta', partial_json }),
      whole: { ...tool, input: cut ? {} : JSON.parse(plan.tool.args.join('')) },
    });
  }
  return blocks;
}

export const ANTHROPIC_WRITING: Writing = {
  *steps(plan: Plan, { context }: Exchange): Iterable<Step> {
    const id = context.newId();
    const now = (text: string): Step => ({ text, paced: false });
    // A call's name and a refusal are the model's words too: they take as long as a first token.
    const said = (text: string): Step => ({ text, paced: true });
    const start = {
      ...message(plan, id),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
    };
    yield now(frame('message_start', { message: { ...start, usage: messageUsage(plan, 1) } }));
    let written = 0;
    for (const [index, block] of blocksOf(plan, id).entries()) {
      const step = plan.tool && index === 0 ? said : now;
      yield step(frame('content_block_start', { index, content_block: block.open }));
      if (index === 0) yield now(frame('ping', {}));
      if (plan.tool && block.open.type === 'tool_use') {
        yield now(frame('content_block_delta', { index, delta: block.delta('') }));
      }
      for (const token of block.tokens) {
        const padding = (plan.seed + written++ * 7) % 13;
        yield {
          text: frame('content_block_delta', { index, delta: block.delta(token) }, padding),
          paced: true,
        };
      }
      if (block.last) yield now(frame('content_block_delta', { index, delta: block.last }));
      yield now(frame('content_block_stop', { index }));
    }
    const delta = { ...stopFields(plan), container: null };
    const last = plan.refused ? said : now;
    yield last(frame('message_delta', { delta, usage: usageOf(plan, plan.outputTokens) }));
    yield now(frame('message_stop', {}));
  },
  whole(plan, { context }) {
    const id = context.newId();
    return {
      ...message(plan, id),
      content: blocksOf(plan, id).map((block) => block.whole),
      ...stopFields(plan),
      usage: messageUsage(plan, plan.outputTokens),
    };
  },
  errorStep(error: DemoError, _plan: Plan, exchange: Exchange): string {
    const { type: _type, ...fields } = ANTHROPIC.errorBody(error, exchange) as Record<string, unknown>;
    return frame('error', fields);
  },
};
