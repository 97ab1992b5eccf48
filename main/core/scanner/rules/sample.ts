// Key-shaped texts for tests, made at run time: no key, not even an invented one, stands in the source.

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const ALNUM = DIGITS + UPPER + LOWER;

/** Alphabets by the names that templates use. */
const ALPHABETS: Readonly<Record<string, string>> = {
  d: DIGITS,
  l: LOWER,
  u: UPPER,
  a: UPPER + LOWER,
  ld: DIGITS + LOWER,
  ud: DIGITS + UPPER,
  an: ALNUM,
  hex: `${DIGITS}abcdef`,
  HEX: `${DIGITS}ABCDEF`,
  b32: `${UPPER}234567`,
  BECH32: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  b58: [...ALNUM].filter((char) => !'0OIl'.includes(char)).join(''),
  b64: `${ALNUM}+/`,
  url: `${ALNUM}-_`,
  word: `${ALNUM}_`,
};

/** `[name:count]` in a template. */
const SLOT = /\[([A-Za-z0-9]+):(\d+)\]/g;

/**
 * `template` with each `[alphabet:count]` replaced by that many characters, e.g. `gsk_[an:52]`. Equal arguments give
 * equal text on every machine. No character stands three times in a row, so that no sample looks like a placeholder.
 * Throws for an alphabet that does not exist.
 */
export function sample(template: string, seed = 1): string {
  const random = randomOf(`${seed} ${template}`);
  return template.replace(SLOT, (_slot, name: string, count: string) => {
    const alphabet = ALPHABETS[name];
    if (alphabet === undefined)
      throw new Error(`The sample "${template}" names an unknown alphabet: ${name}.`);
    return draw(alphabet, Number(count), random);
  });
}

/** `template` with every slot filled by one character that its alphabet has: what people write as a placeholder. */
export function filler(template: string): string {
  return template.replace(SLOT, (_slot, name: string, count: string) => {
    const alphabet = ALPHABETS[name] ?? ALNUM;
    const char = ['x', 'X', '0'].find((candidate) => alphabet.includes(candidate)) ?? alphabet[0]!;
    return char.repeat(Number(count));
  });
}

function draw(alphabet: string, count: number, random: () => number): string {
  let text = '';
  while (text.length < count) {
    const char = alphabet[Math.floor(random() * alphabet.length)]!;
    if (text.endsWith(char + char)) continue;
    text += char;
  }
  return text;
}

/** Mulberry32, seeded by FNV-1a of the text: small, and the same everywhere. */
function randomOf(text: string): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
