// The whole answer, decided before its first byte: so usage, headers and text always agree.
import { composeAnswer, keywordsOf } from './answer-text.ts';
import { type Ask, promptOf } from './ask.ts';
import { sampleFor } from './sample-json.ts';
import { hashText } from './seeded.ts';
import { tokenize } from './tokens.ts';

export interface Plan {
  ask: Ask;
  seed: number;
  /** Tokens, each to be one event. */
  thinking: string[];
  text: string[];
  /** `text` is a refusal. */
  refused: boolean;
  tool: { name: string; args: string[] } | null;
  stop: 'end' | 'length' | 'stop' | 'tool' | 'refusal';
  /** The stop text that was met. */
  stopText: string | null;
  /** All of `thinking`, `text` and tool arguments. */
  outputTokens: number;
}

export function makePlan(ask: Ask): Plan {
  const prompt = promptOf(ask);
  const seed = hashText([ask.model.id, ...ask.turns.map((turn) => turn.text)].join('\n'));
  const words = keywordsOf(prompt);
  const toolSpec = ask.model.behaviour === 'tool' ? ask.tools[0] : undefined;
  let left = ask.maxTokens ?? Number.POSITIVE_INFINITY;
  const take = (tokens: string[]) => {
    const taken = tokens.slice(0, left);
    left -= taken.length;
    return taken;
  };

  const thought = ask.model.behaviour === 'thinking' ? tokenize(thinkingText(words)) : [];
  const thinking = take(thought);
  if (toolSpec) {
    // Names first: a city is more likely to be among them.
    const names = words.filter((word) => /^\p{Lu}/u.test(word));
    const wanted = tokenize(JSON.stringify(sampleFor(toolSpec.schema, [...names, ...words])));
    const args = take(wanted);
    const stop = args.length < wanted.length ? 'length' : 'tool';
    return finish({
      ask,
      seed,
      thinking,
      text: [],
      refused: false,
      tool: { name: toolSpec.name, args },
      stop,
      stopText: null,
    });
  }

  const { text, stopText } = cutAtStop(answerText(ask, seed, words), ask.stops);
  const wanted = tokenize(text);
  const taken = take(wanted);
  const refused = ask.model.behaviour === 'refusal';
  const short = taken.length < wanted.length || thinking.length < thought.length;
  const stop = short ? 'length' : stopText !== null ? 'stop' : refused ? 'refusal' : 'end';
  return finish({
    ask,
    seed,
    thinking,
    text: taken,
    refused,
    tool: null,
    stop,
    stopText: short ? null : stopText,
  });
}

const finish = (plan: Omit<Plan, 'outputTokens'>): Plan => ({
  ...plan,
  outputTokens: plan.thinking.length + plan.text.length + (plan.tool?.args.length ?? 0),
});

function answerText(ask: Ask, seed: number, words: string[]): string {
  if (ask.model.behaviour === 'refusal') {
    return 'The Demo declines this on purpose, so that you can see how a refusal arrives.';
  }
  if (ask.model.behaviour === 'tool') return noToolText(ask);
  if (ask.schema !== null) return JSON.stringify(sampleFor(ask.schema, words), null, 2);
  return composeAnswer(ask, seed);
}

const thinkingText = ([first = 'this']: string[]) =>
  `The prompt is about ${first}. I am the Demo and know nothing about it, so I must not pretend to. What I can do: count its words, offer an outline, and show how the answer travels. That is three short parts and some hints.`;

function noToolText(ask: Ask): string {
  const field = ask.format === 'anthropic' ? 'input_schema' : 'parameters';
  const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const own = { name: 'get_weather', description: 'Weather of a city', [field]: schema };
  const tool =
    ask.format === 'anthropic'
      ? own
      : ask.format === 'chat'
        ? { type: 'function', function: own }
        : { type: 'function', ...own };
  return `This is the Demo. It calls the first of your tools, but the request has none. Add one and send again:\n\n\`\`\`json\n${JSON.stringify({ tools: [tool] }, null, 2)}\n\`\`\``;
}

function cutAtStop(text: string, stops: readonly string[]): { text: string; stopText: string | null } {
  let at = text.length;
  let met: string | null = null;
  for (const stop of stops) {
    const found = stop === '' ? -1 : text.indexOf(stop);
    if (found >= 0 && found < at) {
      at = found;
      met = stop;
    }
  }
  return { text: text.slice(0, at), stopText: met };
}
