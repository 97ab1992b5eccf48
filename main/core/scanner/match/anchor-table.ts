// All that the automaton looks for, and whom each hit concerns.
import type { KnownForm } from './known-forms.ts';
import { foldByte } from './literal-automaton.ts';

export interface AnchorTable {
  literals: Uint8Array[];
  /** For each literal: indexes of the rules that it is an anchor of, and of the known forms that it is a probe of. */
  rules: number[][];
  forms: number[][];
}

/** Equal literals, without regard to case, are looked for once. */
export function anchorTable(
  anchors: readonly (readonly string[])[],
  forms: readonly KnownForm[],
): AnchorTable {
  const table: AnchorTable = { literals: [], rules: [], forms: [] };
  const indexes = new Map<string, number>();
  const indexOf = (literal: Uint8Array) => {
    const folded = Uint8Array.from(literal, foldByte);
    const name = Buffer.from(folded).toString('latin1');
    const known = indexes.get(name);
    if (known !== undefined) return known;
    const index = table.literals.push(folded) - 1;
    table.rules.push([]);
    table.forms.push([]);
    indexes.set(name, index);
    return index;
  };
  for (const [rule, list] of anchors.entries())
    for (const anchor of new Set(list))
      if (anchor !== '') table.rules[indexOf(Buffer.from(anchor, 'utf8'))]!.push(rule);
  for (const [form, { probe }] of forms.entries()) table.forms[indexOf(probe)]!.push(form);
  return table;
}
