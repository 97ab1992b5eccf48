// A value that fits a JSON Schema, for tool calls and structured answers.
import { asArray, asObject, asText } from '../json-shape.ts';

const DEEPEST = 6;

/** `words` fill the strings. Covers what people write in tool schemas, not all of JSON Schema. */
export function sampleFor(schema: unknown, words: readonly string[], depth = 0): unknown {
  const spec = asObject(schema) ?? {};
  if (spec.const !== undefined) return spec.const;
  const options = asArray(spec.enum);
  if (options.length > 0) return options[0];
  if (spec.default !== undefined) return spec.default;
  const variant = asArray(spec.anyOf)[0] ?? asArray(spec.oneOf)[0];
  if (variant !== undefined && depth < DEEPEST) return sampleFor(variant, words, depth + 1);
  const type = Array.isArray(spec.type) ? spec.type[0] : spec.type;
  switch (type) {
    case 'string':
      return sampleText(asText(spec.format), words);
    case 'integer':
    case 'number':
      return typeof spec.minimum === 'number' ? spec.minimum : 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return depth < DEEPEST ? [sampleFor(spec.items, words, depth + 1)] : [];
    default:
      return sampleObject(asObject(spec.properties), words, depth);
  }
}

function sampleObject(properties: Record<string, unknown> | null, words: readonly string[], depth: number) {
  if (!properties || depth >= DEEPEST) return {};
  const turned = (by: number) => words.slice(by % Math.max(1, words.length));
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner], index) => [
      name,
      sampleFor(inner, turned(index), depth + 1),
    ]),
  );
}

function sampleText(format: string | null, words: readonly string[]): string {
  if (format === 'date') return '2026-11-20';
  if (format === 'date-time') return '2026-11-20T12:00:00Z';
  if (format === 'email') return 'demo@example.com';
  if (format === 'uri') return 'https://example.com/';
  return words[0] ?? 'demo';
}
