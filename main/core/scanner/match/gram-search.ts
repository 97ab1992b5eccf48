// The quick search: at every second place of a text three bytes are hashed, and only where a literal might stand is it
// compared. Unlike an automaton it has no state from byte to byte, so the processor works at many places at once.
import { AT, BEFORE, BLOCK, ENTRY, ENTRY_BITS, gramCode } from './gram-code.ts';
import { classOf, FOLD_BIT, type Gram, gramsOf, SLOT_BITS, slotOf } from './gram-index.ts';
import { foldByte, type OnHit } from './literal-automaton.ts';
import { instantiate } from './wasm-module.ts';

/** Bytes of text that are searched in one call; with the tables they stay in the second-level cache. */
const PIECE = 64 * 1024;
const MOST_ENTRIES = 65_535;
const LEAST_LITERAL = 3;

export class GramSearch {
  #memory: Uint8Array;
  #words: Int32Array;
  #run: (at: number, end: number) => number;
  /** Address of the text, and bytes before and behind a piece that a literal may reach into. */
  #text: number;
  #margin: number;

  /** `null`: these literals, or this machine, need the automaton. Literals must not hold NUL. */
  static create(literals: readonly Uint8Array[]): GramSearch | null {
    if (literals.some((literal) => literal.length < LEAST_LITERAL || literal.includes(0))) return null;
    const grams = gramsOf(literals);
    if (grams.length > MOST_ENTRIES) return null;
    try {
      return new GramSearch(literals, grams);
    } catch {
      return null; // A system that forbids WebAssembly; the automaton does the same at half the pace.
    }
  }

  private constructor(literals: readonly Uint8Array[], grams: readonly Gram[]) {
    const longest = literals.reduce((most, { length }) => Math.max(most, length), 0);
    const bytesAt = AT.entries + ((grams.length + 1) << ENTRY_BITS);
    const bytesLength = literals.reduce((sum, { length }) => sum + length, 0);
    this.#margin = roundUp(longest + BLOCK, BLOCK);
    this.#text = roundUp(bytesAt + bytesLength, BLOCK) + this.#margin;
    const code = gramCode(longestChain(grams));
    const { run, memory } = instantiate(code, this.#text + PIECE + this.#margin + BLOCK);
    this.#run = run;
    this.#memory = new Uint8Array(memory);
    this.#words = new Int32Array(memory);
    this.#fill(literals, grams, bytesAt);
  }

  /** Reports every literal of `bytes`; a little out of order, by less than the length of a literal. */
  find(bytes: Uint8Array, onHit: OnHit): void {
    const text = this.#text;
    const margin = this.#margin;
    for (let from = 0; from < bytes.length; from += PIECE) {
      const first = Math.max(0, from - margin);
      const last = Math.min(bytes.length, from + PIECE + margin);
      const whole = first === 0 && last === bytes.length;
      this.#memory.set(whole ? bytes : bytes.subarray(first, last), text + first - from);
      if (from === 0) this.#memory.fill(0, text - margin, text);
      if (last === bytes.length)
        this.#memory.fill(0, text + last - from, text + last - from + margin + BLOCK);
      const end = text + Math.min(PIECE, bytes.length - from);
      for (let at = text; at < end; ) {
        at = this.#run(at, end);
        const hitsEnd = this.#words[AT.hitsEnd >> 2]! >> 2;
        for (let i = AT.hits >> 2; i < hitsEnd; i += 2)
          onHit(this.#words[i]!, this.#words[i + 1]! - text + from);
      }
    }
  }

  #fill(literals: readonly Uint8Array[], grams: readonly Gram[], bytesAt: number): void {
    for (let byte = 0; byte < 256; byte++) {
      this.#memory[AT.folds + byte] = foldByte(byte);
      this.#memory[AT.classes + byte] = classOf(byte);
    }
    const addresses: number[] = [];
    let free = bytesAt;
    for (const literal of literals) {
      addresses.push(free);
      this.#memory.set(literal.map(foldByte), free);
      free += literal.length;
    }
    const heads = new Uint16Array(this.#memory.buffer, AT.heads);
    for (const [index, one] of grams.entries()) {
      const number = index + 1;
      const slot = slotOf(one.gram);
      this.#setEntry(AT.entries + (number << ENTRY_BITS), one, literals[one.literal]!, {
        next: heads[slot]!,
        bytes: addresses[one.literal]!,
      });
      heads[slot] = number;
      this.#memory[AT.flags + slot]! |= one.followers;
    }
  }

  #setEntry(
    at: number,
    { literal, offset }: Gram,
    bytes: Uint8Array,
    place: Record<'next' | 'bytes', number>,
  ): void {
    const fields = { ...place, literal, offset, length: bytes.length };
    for (const [name, value] of Object.entries(fields))
      this.#words[(at + ENTRY[name as keyof typeof fields]) >> 2] = value;
    for (let i = 0; i < 8; i++) {
      const byte = bytes[offset - BEFORE + i];
      if (byte === undefined) continue;
      this.#memory[at + ENTRY.mask + i] = 0xff;
      this.#memory[at + ENTRY.value + i] = byte | FOLD_BIT;
    }
  }
}

/** Most entries of one slot. */
function longestChain(grams: readonly Gram[]): number {
  const lengths = new Uint16Array(1 << SLOT_BITS);
  for (const { gram } of grams) lengths[slotOf(gram)]!++;
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
