// Which bytes of each literal the quick search looks for. It looks at every second place of a text only, so each literal
// is entered with two neighbouring places, of which one is even wherever the literal stands.

/** Three folded bytes of a literal, what may follow them, and where the literal begins relative to them. */
export interface Gram {
  literal: number;
  /** Little endian, 24 bits, folded. */
  gram: number;
  /** One bit for each class of the byte behind the three. */
  followers: number;
  /** Bytes from the start of the literal to the three; -1: they begin one byte before it. */
  offset: number;
}

/** Sets the bit in which both cases of a letter differ; other bytes may look alike by it, which only costs. */
export const FOLD_BIT = 0x20;
export const FOLD = 0x20202020;
const ANY = 0xff;
const LENGTH = 3;

/** Slots of the table that triples are hashed into. */
export const SLOT_BITS = 16;
/** Knuth's, from the golden ratio. The triple stands in the upper 24 bits of what is multiplied. */
export const FACTOR = 0x9e3779b1;

export function slotOf(gram: number): number {
  return Math.imul(gram << 8, FACTOR) >>> (32 - SLOT_BITS);
}

/** `literals`: of at least three bytes. */
export function gramsOf(literals: readonly Uint8Array[]): Gram[] {
  return literals.flatMap((literal, index) => {
    const bytes = Array.from(literal, (byte) => byte | FOLD_BIT);
    if (bytes.length === LENGTH) return shortGrams(bytes, index);
    const offset = rarestPlace(bytes);
    return [gramAt(bytes, offset, index), gramAt(bytes, offset + 1, index)];
  });
}

/** Three bytes have one place; at the place before, they are the last three of four. */
function shortGrams(bytes: readonly number[], literal: number): Gram[] {
  const before = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte & FOLD_BIT);
  return [
    gramAt(bytes, 0, literal),
    ...before.map((byte) => ({ ...gramAt([byte, ...bytes], 0, literal), offset: -1 })),
  ];
}

/** In order of how often they are followers: neighbours go to different classes, so that each rules out much. */
const BY_FREQUENCY = Array.from(
  ' etaoinsrlcdpumfhgb.-/_,ywv()"\n:\'0;=1kxj2[345689q7z',
  (character) => character.charCodeAt(0) | FOLD_BIT,
);

/** One bit of eight. Both cases of a letter have the same. */
export function classOf(byte: number): number {
  const place = BY_FREQUENCY.indexOf(byte | FOLD_BIT);
  return 1 << ((place === -1 ? byte : place) & 7);
}

function gramAt(bytes: readonly number[], offset: number, literal: number): Gram {
  const [a, b, c, follower] = bytes.slice(offset, offset + LENGTH + 1);
  const followers = follower === undefined ? ANY : classOf(follower);
  return { literal, gram: a! | (b! << 8) | (c! << 16), followers, offset };
}

/** What most of a repository is made of: pairs of letters that occur here are common ones. */
const USUAL_TEXT = `the return function import const export default from class string number this that with for
and not have will value name type file data test expect require module true false null undefined object array
index length error message result response request config option params get set add remove update create delete
list item node key path user server client version public static void int char struct include define if else while
break case switch var let new async await try catch throw then describe should equal assert before after each
content context component element attribute property method argument variable interface application command
commit branch merge patch diff copyright license software documentation information available following
use used using only all any are can was has been when which their other more than such into must may one two
http https www com org html css div span style width height color background margin padding font button input
license package scripts dependencies devDependencies resolved integrity node_modules registry install build
== === != => () ({}) {} [] ;\n); // /* */ -- ... ---- ==== "": '', , . : 0 1 0.0 1.0 2.0 10 100 000 2020`;

const pairs = new Map<number, number>();
for (let i = 1; i < USUAL_TEXT.length; i++) {
  const pair = pairOf(USUAL_TEXT.charCodeAt(i - 1) | FOLD_BIT, USUAL_TEXT.charCodeAt(i) | FOLD_BIT);
  pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
}

function pairOf(a: number, b: number): number {
  return (a << 8) | b;
}

/** The offset of the first of the two places: the one whose five bytes (four at the end) are least usual. */
function rarestPlace(bytes: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let offset = 0; offset + LENGTH < bytes.length; offset++) {
    const usual = usualness(bytes, offset) + usualness(bytes, offset + 1);
    if (usual >= least) continue;
    least = usual;
    best = offset;
  }
  return best;
}

/** An estimate of how often three bytes and their follower occur. */
function usualness(bytes: readonly number[], offset: number): number {
  let share = 1;
  for (let i = offset; i < offset + LENGTH; i++) {
    const next = bytes[i + 1];
    // Without a follower to look at, nothing is ruled out by it.
    share *= next === undefined ? 0.5 : ((pairs.get(pairOf(bytes[i]!, next)) ?? 0) + 0.3) / USUAL_TEXT.length;
  }
  return share;
}
