// A long text that arrives in small pieces, kept as bytes outside V8's heap. With `+=` V8 keeps a tree of all pieces,
// six times the size of the text (and reading a character is no way to flatten it: compiled code leaves out a read
// whose result is not used). Flat strings would be copied twice as they age, and the more V8 copies, the larger it lets
// its young space grow: to more than 100 MB.
import { freeBuffer } from './free-buffer.ts';

const BLOCK = 256 * 1024;
/** Many answers are short. */
const FIRST_BLOCK = 16 * 1024;
/** Bytes that one unit of a string may take. */
const MAX_UTF8 = 3;

export class FlatText {
  #full: Buffer<ArrayBuffer>[] = [];
  #block = Buffer.allocUnsafeSlow(FIRST_BLOCK);
  #used = 0;
  /** The first half of a surrogate pair, whose second half begins the next piece. */
  #half = '';

  add(piece: string): void {
    const last = piece.charCodeAt(piece.length - 1);
    const end = last >= 0xd800 && last < 0xdc00 ? piece.length - 1 : piece.length;
    const text = this.#half + piece.slice(0, end);
    this.#half = piece.slice(end);
    if (text.length * MAX_UTF8 > this.#block.length - this.#used) this.#makeRoom(Buffer.byteLength(text));
    this.#used += this.#block.write(text, this.#used);
  }

  /** All that was added; half a character is U+FFFD, as on disk. Empty afterwards: no text is in memory twice. */
  take(): string {
    const blocks = [...this.#full, this.#block.subarray(0, this.#used)];
    let text = '';
    for (const block of blocks) {
      text += block.toString();
      freeBuffer(block);
    }
    text += this.#half && '\ufffd';
    this.#full = [];
    this.#block = Buffer.allocUnsafeSlow(FIRST_BLOCK);
    this.#used = 0;
    this.#half = '';
    return text;
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#block.length - this.#used) return;
    this.#full.push(this.#block.subarray(0, this.#used));
    this.#block = Buffer.allocUnsafeSlow(Math.max(BLOCK, bytes));
    this.#used = 0;
  }
}
