// The start of a long text that arrives in small pieces. With `+=` V8 keeps a tree of all pieces, six times the size of
// the text, and reading a character does not flatten it: compiled code leaves out a read whose result is not used.

/** So few that they are still young when they are joined. */
const PIECES = 256;

export class FlatText {
  readonly #most: number;
  #text = '';
  #pieces: string[] = [];
  #length = 0;

  /** Characters beyond `most` are dropped. */
  constructor(most: number) {
    this.#most = most;
  }

  add(piece: string): void {
    const room = this.#most - this.#length;
    if (room <= 0) return;
    const kept = piece.length <= room ? piece : piece.slice(0, room);
    this.#length += kept.length;
    if (this.#pieces.push(kept) >= PIECES) this.#join();
  }

  toString(): string {
    this.#join();
    return this.#text;
  }

  #join(): void {
    this.#text += this.#pieces.join('');
    this.#pieces = [];
  }
}
