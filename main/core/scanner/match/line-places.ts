// Line and column of matches, and what a comment beside them says. Only looked at in contents that have matches.
import { asBuffer, latin1 } from './buffers.ts';

const MARK = Buffer.from('keybench:allow');
const NEWLINE = 10;
/** A comment alone on its line, in the syntaxes of most languages. */
const COMMENT = /^\s*(?:#|\/\/|\/\*|\*|--|;|%|<!--|rem\b|'|")/i;
const LONGEST_COMMENT = 1024;

export interface Place {
  /** 1-based; the column counts bytes. */
  line: number;
  column: number;
  /** This line says `keybench:allow`, or a comment alone on the line above does. */
  allowedInline: boolean;
}

/** Asked for places in rising order, so each line is passed once. */
export class LinePlaces {
  #text: Buffer;
  #line = 1;
  #start = 0;
  /** The newline that ends the line, or the length of the text. */
  #end: number;
  #lineAbove = 0;
  #allowed: boolean | null = null;

  constructor(text: Uint8Array) {
    this.#text = asBuffer(text);
    this.#end = this.#newlineFrom(0);
  }

  /** `index` must not be less than that of the call before. */
  at(index: number): Place {
    while (index > this.#end) {
      this.#lineAbove = this.#start;
      this.#start = this.#end + 1;
      this.#end = this.#newlineFrom(this.#start);
      this.#line++;
      this.#allowed = null;
    }
    this.#allowed ??= this.#isMarked(this.#start, this.#end) || this.#commentAboveIsMarked();
    return { line: this.#line, column: index - this.#start + 1, allowedInline: this.#allowed };
  }

  #newlineFrom(index: number): number {
    const at = this.#text.indexOf(NEWLINE, index);
    return at === -1 ? this.#text.length : at;
  }

  #isMarked(start: number, end: number): boolean {
    return this.#text.subarray(start, end).includes(MARK);
  }

  #commentAboveIsMarked(): boolean {
    const start = this.#lineAbove;
    const end = this.#start - 1;
    if (end <= start || end - start > LONGEST_COMMENT || !this.#isMarked(start, end)) return false;
    return COMMENT.test(latin1(this.#text, start, end));
  }
}
