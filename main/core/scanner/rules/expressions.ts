// The two shapes that most rules have. What may stand before and after a key is said here, once.

/**
 * Not in the middle of a longer word. A letter that belongs to an escape does not count: in `"\nsk-…"`, `%3Dsk-…` and
 * `\u0022sk-…` the key begins behind the escape.
 */
const BEGIN = String.raw`(?<!(?<!\\|%[0-9A-Fa-f]|\\u[0-9A-Fa-f]{3})[A-Za-z0-9])`;

const WORD_OF = {
  an: 'A-Za-z0-9',
  url: 'A-Za-z0-9_-',
  word: 'A-Za-z0-9_',
  b64: 'A-Za-z0-9+/=',
} as const;

/** The alphabet in which a key would go on. */
export type Alphabet = keyof typeof WORD_OF;

/**
 * A key that its own prefix tells. `body` is an expression without flags, matched with regard to case; it may name the
 * group `secret`. The end is a look-ahead on the alphabet and no list of delimiters: a key before `&`, `)`, `<`, a
 * backslash or the end of the file counts as well.
 */
export function token(body: string, alphabet: Alphabet = 'url'): RegExp {
  return new RegExp(`${BEGIN}(?:${body})(?![${WORD_OF[alphabet]}])`, 'g');
}
