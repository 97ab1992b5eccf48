// What the matcher does with one rule, in a few slow lines: the rules are tested without it.
import type { Rule } from '../../../../../main/core/scanner/model.ts';
import { isPlaceholder } from '../../../../../main/core/scanner/rules/placeholders.ts';

/** The secrets that `rule` finds in `text`: windows around its anchors, expression, entropy, check, placeholders. */
export function find(rule: Rule, text: string): string[] {
  const secrets: string[] = [];
  for (const window of windows(rule, text)) {
    for (const match of window.matchAll(rule.pattern)) {
      const secret = match.groups?.secret ?? match[0];
      if (rule.entropy !== undefined && entropyOf(secret) < rule.entropy) continue;
      if (rule.check && !rule.check(secret)) continue;
      if (!isPlaceholder(secret, rule)) secrets.push(secret);
    }
  }
  return secrets;
}

function windows(rule: Rule, text: string): string[] {
  const lower = text.toLowerCase();
  const before = rule.reach?.before ?? 168;
  const after = rule.reach?.after ?? 512;
  const spans: [number, number][] = [];
  for (const anchor of rule.anchors) {
    for (let at = lower.indexOf(anchor); at >= 0; at = lower.indexOf(anchor, at + 1)) {
      spans.push([Math.max(0, at - before), at + anchor.length + after]);
    }
  }
  const merged: [number, number][] = [];
  for (const span of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else merged.push(span);
  }
  return merged.map(([from, to]) => text.slice(from, to));
}

/** Shannon, bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
