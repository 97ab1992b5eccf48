// What the first bytes of any match of an expression can be, read from the expression's source. It answers two questions
// that save most of the cost of expressions: does every match begin with an anchor, so that it need be tried nowhere else,
// and can a match begin at this anchor at all (`pat` stands in every `path`). Where the source is not plain enough, the
// prefix ends early, and nothing is lost but time.

/** 256 bytes: 1 for those that may stand at a place. */
export type ByteSet = Uint8Array;

/** One of the ways in which a match can begin. */
interface Way {
  sets: readonly ByteSet[];
  /** More may follow that is not known. */
  open: boolean;
}

const MOST_WAYS = 64;
/** Enough to rule out nearly all that is not a key. */
const MOST_BYTES = 24;
const NOTHING: Way = { sets: [], open: false };
const UNKNOWN: Way = { sets: [], open: true };

const LOOK = /^\(\?<?[=!]/;
const EDGE = /^(?:\\[bB]|[\^$])/;
const GROUP = /^\((?:\?(?:(i):|:|<\w+>)|(?!\?))/;
const ATOM = /^(?:\\x[0-9A-Fa-f]{2}|\\[dDwWsStnrfv]|\\[^\w]|\[(?:\\.|[^\]\\])+\]|[^\\()[\]{}*+?|^$])/s;
const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/;

/** All ways in which a match of `pattern`, over latin1 text, can begin. */
export function prefixesOf(pattern: RegExp): readonly (readonly ByteSet[])[] {
  if (/[uv]/.test(pattern.flags)) return [[]];
  return waysOf(pattern.source, pattern.flags.replace(/[^is]/g, '')).map(({ sets }) => sets);
}

function waysOf(source: string, flags: string): Way[] {
  const ways = alternatives(source).flatMap((alternative) => sequence(alternative, flags));
  return ways.length > MOST_WAYS ? [UNKNOWN] : ways;
}

function sequence(source: string, flags: string): Way[] {
  let ways: Way[] = [NOTHING];
  for (let rest = source; rest !== '' && ways.some(({ open }) => !open); ) {
    const part = nextPart(rest, flags);
    const longer = ways.flatMap((way) => (way.open ? [way] : part.ways.map((next) => joined(way, next))));
    ways = longer.length > MOST_WAYS ? ways.map(({ sets }) => ({ sets, open: true })) : longer;
    rest = rest.slice(part.length);
  }
  return ways;
}

function joined(way: Way, next: Way): Way {
  const sets = [...way.sets, ...next.sets];
  return { sets: sets.slice(0, MOST_BYTES), open: next.open || sets.length > MOST_BYTES };
}

/** The first item of `source` with its quantifier, and its length. */
function nextPart(source: string, flags: string): { ways: readonly Way[]; length: number } {
  const edge = EDGE.exec(source);
  if (edge) return repeated([NOTHING], source, edge[0].length);
  if (LOOK.test(source)) return repeated([NOTHING], source, groupEnd(source));
  const group = GROUP.exec(source);
  if (group) {
    const end = groupEnd(source);
    const inner = source.slice(group[0].length, end - 1);
    return repeated(waysOf(inner, group[1] && !flags.includes('i') ? `${flags}i` : flags), source, end);
  }
  const atom = ATOM.exec(source);
  if (!atom) return { ways: [UNKNOWN], length: source.length };
  return repeated([{ sets: [setOf(atom[0], flags)], open: false }], source, atom[0].length);
}

/** `once`: the ways of the item that ends at `end`. */
function repeated(once: readonly Way[], source: string, end: number) {
  const found = QUANTIFIER.exec(source.slice(end));
  if (!found) return { ways: once, length: end };
  const length = end + found[0].length;
  const [sign = '', least, comma, most] = found;
  if (sign.startsWith('?')) return { ways: [...once, NOTHING], length };
  const min = least === undefined ? Number(sign.startsWith('+')) : Number(least);
  const max = comma === '' ? min : most ? Number(most) : Number.POSITIVE_INFINITY;
  const exact = least !== undefined && min === max;
  let ways: readonly Way[] = [NOTHING];
  for (let i = 0; i < Math.min(min, MOST_BYTES); i++) {
    ways = ways.flatMap((way) => (way.open ? [way] : once.map((next) => joined(way, next))));
    if (ways.length > MOST_WAYS) return { ways: [UNKNOWN], length };
  }
  return { ways: exact ? ways : ways.map(({ sets }) => ({ sets, open: true })), length };
}

const sets = new Map<string, ByteSet>();

/** The engine itself says what one character of the expression matches. */
function setOf(atom: string, flags: string): ByteSet {
  const name = `${flags} ${atom}`;
  const known = sets.get(name);
  if (known) return known;
  const pattern = new RegExp(`^(?:${atom})$`, flags);
  const set = Uint8Array.from({ length: 256 }, (_, byte) => Number(pattern.test(String.fromCharCode(byte))));
  sets.set(name, set);
  return set;
}

/** Index behind the group that `source` begins with. */
function groupEnd(source: string): number {
  let depth = 0;
  for (const [at, character] of structure(source)) {
    if (character === '(') depth++;
    if (character === ')' && --depth === 0) return at + 1;
  }
  return source.length;
}

function alternatives(source: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [at, character] of structure(source)) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character !== '|' || depth > 0) continue;
    parts.push(source.slice(start, at));
    start = at + 1;
  }
  return [...parts, source.slice(start)];
}

/** The brackets and bars that mean something: not escaped, not in a class. */
function* structure(source: string): Generator<[at: number, character: string]> {
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (character === '\\') at++;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if ('()|'.includes(character)) yield [at, character];
  }
}
