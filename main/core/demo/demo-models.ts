// The Demo's models: each shows one thing that a real API can do to a caller.

export type Behaviour =
  | 'answer'
  | 'long'
  | 'slow'
  | 'markdown'
  | 'thinking'
  | 'tool'
  | 'refusal'
  | 'rate-limited'
  | 'tight'
  | 'overloaded'
  | 'flaky'
  | 'unauthorized'
  | 'error-midstream'
  | 'cut'
  | 'drop'
  | 'stall';

export interface DemoModel {
  id: string;
  label: string;
  behaviour: Behaviour;
}

const model = (behaviour: Behaviour, shows: string): DemoModel => ({
  id: behaviour === 'answer' ? 'demo-1' : `demo-${behaviour}`,
  label: `Demo: ${shows}`,
  behaviour,
});

export const DEMO_MODELS: readonly DemoModel[] = [
  model('answer', 'a short answer about your prompt'),
  model('long', 'an answer that fills max_tokens'),
  model('markdown', 'every kind of Markdown'),
  model('thinking', 'thinks before it answers'),
  model('tool', 'calls the first of your tools'),
  model('refusal', 'declines to answer'),
  model('slow', '3 s to the first token, then 5 per second'),
  model('flaky', 'overloaded twice, then answers: watch the retries'),
  model('rate-limited', 'always 429 with retry-after: 2'),
  model('tight', '3 requests per 15 s: use the limit up'),
  model('overloaded', 'always overloaded'),
  model('unauthorized', 'says that the key is wrong'),
  model('error-midstream', 'an error event halfway through'),
  model('cut', 'the stream ends early, without its last event'),
  model('drop', 'the connection breaks halfway'),
  model('stall', 'falls silent halfway: see the idle limit'),
];

export const findDemoModel = (id: unknown): DemoModel | undefined =>
  DEMO_MODELS.find((known) => known.id === id);

/** 2026-10-01T00:00:00Z, in seconds: the day all Demo models were "made". */
export const DEMO_MODELS_MADE = 1_790_812_800;
