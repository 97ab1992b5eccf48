// All literals as one automaton: Aho and Corasick, "Efficient string matching: an aid to bibliographic search", 1975,
// with the failure links resolved into a table, so that each byte costs one look-up. Letters are folded in the map of
// byte classes, which costs nothing while scanning.

/** A literal that ends at a place. `literal` is its index in the list that the finder was built from. */
export type OnHit = (literal: number, end: number) => void;

export interface LiteralAutomaton {
  /** Byte to class; both cases of a letter share one. Class 0: no literal has it. */
  classes: Uint8Array;
  /** State + class → state. States are multiples of `width`. */
  table: Uint32Array;
  width: number;
  /** States from here on end a literal. */
  firstMatch: number;
  /** Literals that end in state `firstMatch + i * width`. */
  ends: readonly (readonly number[])[];
}

const UPPER_A = 65;
const UPPER_Z = 90;

/** Lower case of an ASCII letter; any other byte as it is. */
export function foldByte(byte: number): number {
  return byte >= UPPER_A && byte <= UPPER_Z ? byte + 32 : byte;
}

/** `literals`: each at least one byte. */
export function buildAutomaton(literals: readonly Uint8Array[]): LiteralAutomaton {
  const { classes, width } = classesOf(literals);
  const { next, ends } = trieOf(literals, classes, width);
  const order = resolveFailures(next, ends, width);
  // States that end something come last: the scanning loop then knows them by one comparison.
  const plain = order.filter((node) => ends[node]!.length === 0);
  const matching = order.filter((node) => ends[node]!.length > 0);
  const states = new Uint32Array(order.length);
  for (const [index, node] of [...plain, ...matching].entries()) states[node] = index * width;
  const table = new Uint32Array(order.length * width);
  for (const node of order)
    for (let c = 0; c < width; c++) table[states[node]! + c] = states[next[node * width + c]!]!;
  return {
    classes,
    table,
    width,
    firstMatch: plain.length * width,
    ends: matching.map((node) => ends[node]!),
  };
}

function classesOf(literals: readonly Uint8Array[]) {
  const classes = new Uint8Array(256);
  let width = 1;
  for (const literal of literals)
    for (const byte of literal) {
      const folded = foldByte(byte);
      if (classes[folded] === 0) classes[folded] = width++;
    }
  for (let byte = UPPER_A; byte <= UPPER_Z; byte++) classes[byte] = classes[byte + 32]!;
  return { classes, width };
}

/** Node 0 is the root; 0 in `next` also says "no child". */
function trieOf(literals: readonly Uint8Array[], classes: Uint8Array, width: number) {
  const next: number[] = new Array(width).fill(0);
  const ends: number[][] = [[]];
  for (const [index, literal] of literals.entries()) {
    let node = 0;
    for (const byte of literal) {
      const at = node * width + classes[byte]!;
      if (next[at] === 0) {
        next[at] = ends.length;
        ends.push([]);
        for (let c = 0; c < width; c++) next.push(0);
      }
      node = next[at]!;
    }
    ends[node]!.push(index);
  }
  return { next, ends };
}

/** Breadth first, so that what a node falls back to is complete before the node is. Gives the nodes in that order. */
function resolveFailures(next: number[], ends: number[][], width: number): number[] {
  const fallback = new Uint32Array(ends.length);
  const order = [0];
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    for (let c = 0; c < width; c++) {
      const child = next[node * width + c]!;
      const instead = node === 0 ? 0 : next[fallback[node]! * width + c]!;
      if (child === 0) {
        next[node * width + c] = instead;
        continue;
      }
      fallback[child] = instead;
      ends[child]!.push(...ends[instead]!);
      order.push(child);
    }
  }
  return order;
}

/** Reports every literal of `bytes`, in the order of where they end. */
export function scanWithTable(automaton: LiteralAutomaton, bytes: Uint8Array, onHit: OnHit): void {
  const { classes, table, firstMatch, width, ends } = automaton;
  const length = bytes.length;
  let state = 0;
  for (let i = 0; i < length; i++) {
    state = table[state + classes[bytes[i]!]!]!;
    if (state < firstMatch) continue;
    const literals = ends[(state - firstMatch) / width]!;
    for (let k = 0; k < literals.length; k++) onHit(literals[k]!, i + 1);
  }
}
