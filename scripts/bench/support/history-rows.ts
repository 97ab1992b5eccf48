// Requests that were never sent, the same ones in each run.
import type { Ending, NewEntry, RecordSink } from '../../../main/core/history/records.ts';
import { Draft } from '../../../preload/contract/requests.ts';

const WORDS = 60_000;
const PROVIDERS = ['anthropic', 'openai', 'huggingface', 'compatible', 'demo'];
const STATES = ['complete', 'complete', 'complete', 'complete', 'error', 'truncated', 'cancelled'] as const;

export interface BenchRow {
  entry: NewEntry;
  ending: Ending;
}

/** A small generator of its own, so that the rows are the same everywhere: https://prng.di.unimi.it/splitmix64.c, 32 bits. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** `w0` is the commonest; the share of a word falls as one over its rank. */
function text(random: () => number, characters: number): string {
  let out = '';
  while (out.length < characters) out += `w${Math.floor(WORDS ** random()) - 1} `;
  return out;
}

export function historyRow(i: number): BenchRow {
  const random = randomFrom(i + 1);
  const provider = PROVIDERS[i % PROVIDERS.length]!;
  const state = STATES[Math.floor(random() * STATES.length)]!;
  const model = `${provider}-model-${i % 7}`;
  const prompt = text(random, 600);
  const draft = Draft.parse({
    name: `Request ${i}`,
    provider,
    api: `${provider}.chat`,
    body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }] }),
  });
  return {
    entry: { id: `request-${i}`, at: 1_750_000_000_000 + i * 1000, draft, keyName: 'work', model, prompt },
    ending: {
      state,
      end: {
        k: 'end',
        t: 900,
        state,
        finish: 'stop',
        error: null,
        ttft: 300,
        usage: null,
        model,
        requestId: `req_${i}`,
        bytes: 2000,
      },
      status: 200,
      attempts: 1,
      totalMs: 900,
      model,
      usage: null,
      answer: text(random, 1400),
    },
  };
}

export function oneRequest(sink: RecordSink, { entry, ending }: BenchRow): void {
  sink.begin(entry);
  const bytes = new TextEncoder().encode(ending.answer);
  sink.append(entry.id, [{ k: 'bytes', n: 1, t: 300, bytes }], ending.answer);
  sink.finish(entry.id, ending);
}
