// Texts that make a careless expression slow: what a rule looks for, almost and again and again.
import type { Rule } from '../../../../../main/core/scanner/model.ts';

const FILL = ['a', '0', '-', '.', '/', ' ', '\n', 'aA0', 'a: '];

/** Texts of `size` characters. */
export function attackTexts(rule: Rule, size: number): string[] {
  const [sample = ''] = rule.samples.match;
  const pieces = new Set<string>();
  for (const anchor of [rule.anchors[0]!, rule.anchors.at(-1)!])
    for (const fill of ['', 'key', ' key = "', '://a:', ' -u a:']) pieces.add(anchor + fill);
  pieces.add(rule.anchors[0]!.toUpperCase());
  for (const share of [0.4, 0.7, 0.95]) pieces.add(sample.slice(0, Math.ceil(sample.length * share)));
  pieces.add(sample);
  pieces.add(`${sample}x`);
  const texts = [...pieces].map((piece) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size));
  const start = sample.slice(0, Math.ceil(sample.length * 0.6));
  for (const fill of FILL) texts.push((start + fill.repeat(Math.ceil(size / fill.length))).slice(0, size));
  return texts;
}
