// What the Demo says: something true about the prompt and about the wire, put together by fixed rules.

import { MARKDOWN_SHOWCASE, NOTES, TIPS } from './answer-parts.ts';
import { type Ask, promptOf, type WireFormat } from './ask.ts';
import { createSeeded, type Seeded } from './seeded.ts';
import { countTokens, countWords } from './tokens.ts';

/** Longest answer there is, in tokens. */
const MOST_TOKENS = 200_000;
const LONG_DEFAULT = 4096;

const COMMON = new Set(
  'about above answer after again also among because been before being between both could does doing down during each explain from give have having here into just like long make more most must need only other over please question same short should some such tell than that their them then there these they this those three through under until very want what when where which while will with would write your'.split(
    ' ',
  ),
);

/** Whole words only: what is longer is no word, and a piece of it may be a piece of a key. */
const WORD = /(?<![\p{L}\p{N}-])\p{L}[\p{L}\p{N}-]{3,29}(?![\p{L}\p{N}-])/gu;

/** The telling words of the prompt, most frequent and then longest first, as they were first written. At least one. */
export function keywordsOf(prompt: string): string[] {
  const seen = new Map<string, { word: string; count: number }>();
  for (const word of prompt.slice(0, 20_000).match(WORD) ?? []) {
    const key = word.toLowerCase();
    if (COMMON.has(key)) continue;
    const entry = seen.get(key);
    if (entry) entry.count++;
    else seen.set(key, { word, count: 1 });
  }
  const words = [...seen.values()]
    .sort((a, b) => b.count - a.count || b.word.length - a.word.length)
    .map(({ word }) => word);
  return words.length > 0 ? words.slice(0, 6) : ['your question'];
}

/** The whole answer as Markdown, before `max_tokens` and stop texts cut it. */
export function composeAnswer(ask: Ask, seed: number): string {
  const chance = createSeeded(seed);
  if (ask.model.behaviour === 'markdown') return MARKDOWN_SHOWCASE;
  const sections = [
    intro(),
    sent(ask),
    outline(keywordsOf(promptOf(ask)), chance),
    travels(ask.format),
    lookAt(chance),
  ];
  return lengthen(sections, wantedTokens(ask), chance).join('\n\n');
}

/** `demo-long` fills the limit; otherwise "500 words" or "2000 tokens" in the prompt ask for that much. */
function wantedTokens(ask: Ask): number {
  if (ask.model.behaviour === 'long') return Math.min(ask.maxTokens ?? LONG_DEFAULT, MOST_TOKENS);
  const told = /\b(\d{2,6})[ -](word|token)s?\b/i.exec(promptOf(ask).slice(0, 20_000));
  if (!told) return 0;
  const tokensPerWord = told[2]?.toLowerCase() === 'word' ? 1.5 : 1;
  return Math.min(Number(told[1]) * tokensPerWord, MOST_TOKENS);
}

function lengthen(sections: string[], wanted: number, chance: Seeded): string[] {
  const out = [...sections];
  let tokens = out.reduce((sum, section) => sum + countTokens(section), 0);
  const first = chance.below(NOTES.length);
  for (let n = 0; tokens < wanted; n++) {
    const note = `**Note ${n + 1}.** ${NOTES[(first + n) % NOTES.length]}`;
    out.push(note);
    tokens += countTokens(note);
  }
  return out;
}

const intro = () =>
  '**This is the Demo provider of Keybench.** No model ran and nothing left this machine: the text is put together from your prompt by fixed rules, so the same prompt always gets the same answer.';

function sent(ask: Ask): string {
  const prompt = promptOf(ask);
  const system = ask.turns.filter((turn) => turn.role === 'system' || turn.role === 'developer');
  const spoken = ask.turns.length - system.length;
  const lines = [
    '## What you sent',
    `Your prompt has ${plural(countWords(prompt), 'word')} (${plural(countTokens(prompt), 'token')} by the Demo's rule) and begins “${quote(prompt)}”.`,
  ];
  if (system.length > 0) {
    const words = system.reduce((sum, turn) => sum + countWords(turn.text), 0);
    lines.push(`A system text of ${plural(words, 'word')} goes before it.`);
  }
  if (spoken > 1) {
    lines.push(
      `The conversation holds ${spoken} messages; an API keeps none of them, so all travel with every call.`,
    );
  }
  return `${lines[0]}\n\n${lines.slice(1).join(' ')}`;
}

function outline(words: readonly string[], chance: Seeded): string {
  const [first = '', second = first, third = second] = words;
  const points = [
    `**${first}**: what it is, in one sentence that a newcomer can repeat.`,
    `How ${second} and ${third} depend on each other, with one small example.`,
    `The mistake that people make first with ${second}, and how to notice it.`,
    `The cost of ${first}: time, tokens and care.`,
    `What to try next, and how to tell that it worked.`,
  ];
  const chosen = chance.pick(points.slice(1), 3);
  return [
    '## An outline to go on from',
    '',
    ...[points[0], ...chosen].map((point, i) => `${i + 1}. ${point}`),
  ].join('\n');
}

const SAMPLES: Record<WireFormat, [language: string, sample: string]> = {
  anthropic: [
    'text',
    'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,\n       "delta":{"type":"text_delta","text":" token"}}',
  ],
  chat: [
    'text',
    'data: {"object":"chat.completion.chunk","choices":[\n       {"index":0,"delta":{"content":" token"},"finish_reason":null}]}',
  ],
  responses: [
    'text',
    'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":7,\n       "delta":" token"}',
  ],
};

function travels(format: WireFormat): string {
  const [language, sample] = SAMPLES[format];
  return [
    '## How this answer travels',
    '',
    'Streamed, each token is one server-sent event, and a last event proves that nothing is missing:',
    '',
    `\`\`\`${language}\n${sample}\n\`\`\``,
  ].join('\n');
}

const lookAt = (chance: Seeded) =>
  ['## Worth a look', '', ...chance.pick(TIPS, 3).map((tip) => `- ${tip}`)].join('\n');

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The first words, on one line, without characters that Markdown would act on. */
function quote(prompt: string): string {
  const line = prompt
    .slice(0, 200)
    .replace(/[\s\x60*_<>[\]#|\\!]+/gu, ' ')
    .trim();
  const words = line.split(' ');
  return words.length > 8 ? `${words.slice(0, 8).join(' ')} …` : line;
}
