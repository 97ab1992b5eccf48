// The output items of a Responses answer, with the names of the events that stream each.
import type { Plan } from './plan.ts';

export interface OutputItem {
  /** As in `output_item.added`. */
  open: Record<string, unknown> & { id: string };
  whole: Record<string, unknown>;
  tokens: readonly string[];
  /** Without `.delta` and `.done`. */
  event: string;
  /** Field of the `.done` event that repeats the text. */
  doneField: string;
  /** Where in the item the text belongs. */
  position: Record<string, number>;
  /** Further fields of delta and done events. */
  extra: Record<string, unknown>;
  /** The part that holds the text, with its own added and done events. */
  part: { event: string; open: Record<string, unknown>; whole: Record<string, unknown> } | null;
}

export function itemsOf(plan: Plan, id: string): OutputItem[] {
  const items: OutputItem[] = [];
  if (plan.thinking.length > 0) items.push(reasoning(plan, id));
  if (plan.tool) items.push(functionCall(plan, plan.tool, id));
  else items.push(messageItem(plan, id));
  return items;
}

const statusOf = (plan: Plan) => (plan.stop === 'length' ? 'incomplete' : 'completed');

function reasoning(plan: Plan, id: string): OutputItem {
  const text = plan.thinking.join('');
  const base = { id: `rs_${id}`, type: 'reasoning' };
  return {
    open: { ...base, summary: [] },
    whole: { ...base, summary: [{ type: 'summary_text', text }] },
    tokens: plan.thinking,
    event: 'response.reasoning_summary_text',
    doneField: 'text',
    position: { summary_index: 0 },
    extra: {},
    part: {
      event: 'response.reasoning_summary_part',
      open: { type: 'summary_text', text: '' },
      whole: { type: 'summary_text', text },
    },
  };
}

function messageItem(plan: Plan, id: string): OutputItem {
  const text = plan.text.join('');
  const base = { id: `msg_${id}`, type: 'message', role: 'assistant' };
  const part = (value: string) =>
    plan.refused
      ? { type: 'refusal', refusal: value }
      : { type: 'output_text', annotations: [], logprobs: [], text: value };
  return {
    open: { ...base, status: 'in_progress', content: [] },
    whole: { ...base, status: statusOf(plan), content: [part(text)] },
    tokens: plan.text,
    event: plan.refused ? 'response.refusal' : 'response.output_text',
    doneField: plan.refused ? 'refusal' : 'text',
    position: { content_index: 0 },
    extra: plan.refused ? {} : { logprobs: [] },
    part: { event: 'response.content_part', open: part(''), whole: part(text) },
  };
}

function functionCall(plan: Plan, tool: NonNullable<Plan['tool']>, id: string): OutputItem {
  const base = { id: `fc_${id}`, type: 'function_call', call_id: `call_${id}`, name: tool.name };
  return {
    open: { ...base, status: 'in_progress', arguments: '' },
    whole: { ...base, status: statusOf(plan), arguments: tool.args.join('') },
    tokens: tool.args,
    event: 'response.function_call_arguments',
    doneField: 'arguments',
    position: {},
    extra: {},
    part: null,
  };
}
