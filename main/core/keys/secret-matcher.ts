// Finds any of many fixed strings in a text. Streams pass through here chunk by chunk, so it must cost next to
// nothing: a window as long as the shortest pattern slides over the text and is moved on by what its last two
// characters rule out (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994).

export interface Match {
  start: number;
  end: number;
  alias: string;
}

interface Pattern {
  text: string;
  alias: string;
}

const NONE: readonly Pattern[] = [];
const TABLE = 1 << 16;
/** Windows longer than this gain nothing and make the table denser. */
const MAX_WINDOW = 48;
/** A pattern is at least this long, and its first characters have a table of their own. */
const HEAD = 4;

// Slots are shared by different characters; a table only ever rules out, the comparison decides.
const pair = (a: number, b: number) => ((a & 0xff) << 8) | (b & 0xff);
/** `codes`: four character codes, one byte each. The factor is Knuth's, from the golden ratio. */
const head = (codes: number) => Math.imul(codes, 0x9e3779b1) >>> 16;

export class SecretMatcher {
  #window = MAX_WINDOW;
  #longest = 0;
  #shift: Uint8Array;
  /** Patterns by their first two characters, the longest first. */
  #byStart = new Map<number, Pattern[]>();
  /** 1 in the slots of how patterns begin, by four characters and by one. */
  #heads = new Uint8Array(TABLE);
  #firsts = new Uint8Array(128); // secrets and their forms are ASCII

  /** `patterns`: text to alias; each text has at least `HEAD` characters. */
  constructor(patterns: ReadonlyMap<string, string>) {
    for (const text of patterns.keys()) {
      this.#window = Math.min(this.#window, text.length);
      this.#longest = Math.max(this.#longest, text.length);
    }
    this.#shift = new Uint8Array(TABLE).fill(this.#window - 1);
    for (const [text, alias] of patterns) this.#learn({ text, alias });
    for (const list of this.#byStart.values()) list.sort((a, b) => b.text.length - a.text.length);
  }

  #learn(pattern: Pattern) {
    const { text } = pattern;
    for (let i = 1; i < this.#window; i++) {
      const at = pair(text.charCodeAt(i - 1), text.charCodeAt(i));
      this.#shift[at] = Math.min(this.#shift[at]!, this.#window - 1 - i);
    }
    let codes = 0;
    for (let i = 0; i < HEAD; i++) codes = (codes << 8) | text.charCodeAt(i);
    this.#heads[head(codes)] = 1;
    this.#firsts[text.charCodeAt(0)] = 1;
    const start = pair(text.charCodeAt(0), text.charCodeAt(1));
    const list = this.#byStart.get(start);
    if (list) list.push(pattern);
    else this.#byStart.set(start, [pattern]);
  }

  /** The leftmost match at or after `from`; of several that start there, the longest. */
  next(text: string, from: number): Match | null {
    const shifts = this.#shift;
    const length = text.length;
    let last = from + this.#window - 1;
    while (last < length) {
      const shift = shifts[pair(text.charCodeAt(last - 1), text.charCodeAt(last))]!;
      if (shift > 0) {
        last += shift;
        continue;
      }
      const start = last - this.#window + 1;
      for (const pattern of this.#startingAt(text, start))
        if (text.startsWith(pattern.text, start))
          return { start, end: start + pattern.text.length, alias: pattern.alias };
      last++;
    }
    return null;
  }

  /** Where the longest suffix of `text` begins that could still grow into a pattern; `text.length` if none does. */
  undecidedFrom(text: string, from: number): number {
    const heads = this.#heads;
    const length = text.length;
    const first = Math.max(from, length - this.#longest + 1);
    // The last four character codes, one byte each: this loop sees every character of every delta.
    let codes = 0;
    for (let i = first; i < length; i++) {
      codes = (codes << 8) | (text.charCodeAt(i) & 0xff);
      if (heads[head(codes)] === 0) continue;
      const begin = i - HEAD + 1;
      if (begin >= first && this.#mayGrow(text, begin)) return begin;
    }
    for (let i = Math.max(first, length - HEAD + 1); i < length - 1; i++)
      if (this.#mayGrow(text, i)) return i;
    return length > first && this.#firsts[text.charCodeAt(length - 1)] === 1 ? length - 1 : length;
  }

  /** The end of `text`, if it is `least` characters or more of the beginning of a pattern: one that was cut off. */
  begun(text: string, least: number): Match | null {
    const start = this.undecidedFrom(text, 0);
    const length = text.length - start;
    if (length < least) return null;
    const pattern = this.#startingAt(text, start).find(
      (one) => one.text.length > length && begins(one.text, text, start),
    );
    return pattern ? { start, end: text.length, alias: pattern.alias } : null;
  }

  /** Does the end of `text` from `i`, two characters at least, begin a longer pattern? */
  #mayGrow(text: string, i: number): boolean {
    for (const pattern of this.#startingAt(text, i)) {
      // Sorted by length: the rest of the list is too short to be undecided.
      if (pattern.text.length <= text.length - i) return false;
      if (begins(pattern.text, text, i)) return true;
    }
    return false;
  }

  #startingAt(text: string, i: number): readonly Pattern[] {
    return this.#byStart.get(pair(text.charCodeAt(i), text.charCodeAt(i + 1))) ?? NONE;
  }
}

/** Is `text` from `start` to its end how `pattern` begins? Without a copy, since this runs for every delta. */
function begins(pattern: string, text: string, start: number): boolean {
  for (let i = start; i < text.length; i++)
    if (text.charCodeAt(i) !== pattern.charCodeAt(i - start)) return false;
  return true;
}
