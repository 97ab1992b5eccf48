// Whether an expression can match at an anchor, decided on the bytes themselves, before any text is made of them.
import type { Rule } from '../model.ts';
import { type ByteSet, prefixesOf } from './pattern-prefix.ts';

const BYTES = 256;
/** A set of more bytes than this says nothing about anchors. */
const LARGEST_CHOICE = 16;

export class StartGate {
  #length: number;
  /** 256 bytes for each place. */
  #table: Uint8Array;

  /** `null`: matches of this rule may begin elsewhere than at an anchor. */
  static of(rule: Pick<Rule, 'pattern' | 'anchors'>): StartGate | null {
    const prefixes = prefixesOf(rule.pattern);
    const leading = prefixes.every((sets) => leadsWith(sets, rule.anchors, ''));
    return leading ? new StartGate(prefixes) : null;
  }

  private constructor(prefixes: readonly (readonly ByteSet[])[]) {
    this.#length = Math.min(...prefixes.map((sets) => sets.length));
    this.#table = new Uint8Array(this.#length * BYTES);
    for (const sets of prefixes)
      for (let place = 0; place < this.#length; place++)
        for (let byte = 0; byte < BYTES; byte++) this.#table[place * BYTES + byte]! |= sets[place]![byte]!;
  }

  /** False: no match begins at `start`. */
  admits(text: Uint8Array, start: number): boolean {
    const length = this.#length;
    if (start + length > text.length) return false;
    for (let place = 0; place < length; place++)
      if (this.#table[(place << 8) | text[start + place]!] === 0) return false;
    return true;
  }
}

/** Does all that `sets` can spell begin with an anchor? */
function leadsWith(sets: readonly ByteSet[], anchors: readonly string[], spelled: string): boolean {
  if (anchors.some((anchor) => spelled.startsWith(anchor))) return true;
  const set = sets[spelled.length];
  if (set === undefined || !anchors.some((anchor) => anchor.startsWith(spelled))) return false;
  const choices = choicesOf(set);
  return choices.length > 0 && choices.every((choice) => leadsWith(sets, anchors, spelled + choice));
}

const choices = new WeakMap<ByteSet, readonly string[]>();

/** The different letters of a set, in lower case; none when they are too many. */
function choicesOf(set: ByteSet): readonly string[] {
  const known = choices.get(set);
  if (known) return known;
  const size = set.reduce((sum, one) => sum + one, 0);
  const letters =
    size > LARGEST_CHOICE
      ? []
      : Array.from(set.keys()).flatMap((byte) =>
          set[byte] === 1 ? String.fromCharCode(byte).toLowerCase() : [],
        );
  const different = [...new Set(letters)];
  choices.set(set, different);
  return different;
}
