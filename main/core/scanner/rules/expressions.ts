// The shapes that most rules have. What may stand before, around and after a key is said here, once.
import type { Rule } from '../model.ts';

/**
 * Not in the middle of a longer word. A letter that belongs to an escape does not count: in `"\nsk-…"`, `%3Dsk-…` and
 * `\u0022sk-…` the key begins behind the escape.
 */
export const BEGIN = String.raw`(?<!(?<!\\|%[0-9A-Fa-f]|\\u[0-9A-Fa-f]{3})[A-Za-z0-9])`;

const WORD_OF = {
  an: 'A-Za-z0-9',
  url: 'A-Za-z0-9_-',
  word: 'A-Za-z0-9_',
  b64: 'A-Za-z0-9+/=',
  any: 'A-Za-z0-9_=~.+/-',
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

/** What the name of a variable calls a secret. */
const SECRET_WORDS = 'key|token|secret|pass(?:word|wd|phrase)?|pwd|auth|credential|pat';

/** Between a name and its value: `=`, `: "`, `=> '`, `", "`, ` || "`, `" value="`, `>`; quotes may be escaped. */
export const ASSIGN = String.raw`["'\x60\])\\]{0,4}[ \t]{0,8}(?:=>|:=|\|\||\?\?|[:=]{1,2}|,|\(|>|[ \t]value=)[ \t]{0,8}["'\x60\\(\[]{0,4}`;

/**
 * A key without a mark of its own: it counts where a name of its provider and a word for a secret stand before it, as
 * in `MISTRAL_API_KEY="…"`, `mistral: { apiKey: …` on one line, or `Mistral(api_key='…')`. `names` are lower-case
 * literals, and the anchors; `value` is matched with regard to case, names and words are not. Where `words` ends with a
 * bar, the name alone is enough. A word goes on to its end, so that no text can be divided in many ways.
 */
export function named(
  names: readonly string[],
  value: string,
  alphabet: Alphabet = 'url',
  words = SECRET_WORDS,
): Pick<Rule, 'anchors' | 'pattern' | 'reach'> {
  const name = names.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  const between = String.raw`[\w.\- \t("'\[\]/:{]{0,24}?`;
  const word = String.raw`(?:(?:${words.replace(/\|$/, '')})[\w-]{0,12})${words.endsWith('|') ? '?' : ''}(?![\w-])`;
  const scheme = '(?:(?:[Bb]earer|[Tt]oken|[Bb]asic) )?';
  return {
    anchors: names,
    pattern: new RegExp(
      `(?i:(?:${name})${between}${word})${ASSIGN}${scheme}(?<secret>${value})(?![${WORD_OF[alphabet]}])`,
      'g',
    ),
    reach: { before: 4, after: 384 },
  };
}

/** Lower-case UUID, and the template of one for `sample()`. */
export const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
export const UUID_KEY = '[hex:8]-[hex:4]-[hex:4]-[hex:4]-[hex:12]';
