// Usage as OpenAI counts it, under Chat's and under Responses' names: cached and reasoning tokens are included.
import { asCount, asObject } from '../../json-shape.ts';
import type { Piece } from '../provider.ts';

/** No piece for `null` (each chunk but the last, with `include_usage`) or for anything that is not an object. */
export function readOpenAiUsage(value: unknown): Piece[] {
  const raw = asObject(value);
  if (!raw) return [];
  const input = asObject(raw.prompt_tokens_details) ?? asObject(raw.input_tokens_details);
  const output = asObject(raw.completion_tokens_details) ?? asObject(raw.output_tokens_details);
  return [
    {
      kind: 'usage',
      usage: {
        input: asCount(raw.prompt_tokens) ?? asCount(raw.input_tokens),
        output: asCount(raw.completion_tokens) ?? asCount(raw.output_tokens),
        cacheRead: asCount(input?.cached_tokens),
        cacheWrite: asCount(input?.cache_write_tokens),
        reasoning: asCount(output?.reasoning_tokens),
      },
      raw,
    },
  ];
}
