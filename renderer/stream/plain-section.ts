// Plain text into text nodes: appending to a node costs the same however long the answer is. Blocks of about 4,000
// characters with `content-visibility: auto` keep what is off screen out of layout. A block ends where a line ends
// (the line break between two blocks is the block boundary itself), or it would break a line that the text does not.

const BLOCK = 4_000;
/** A line longer than this is broken on screen after all; one text node of megabytes would stop the window. */
const LONGEST_BLOCK = 32_000;

export class PlainSection {
  readonly #element: HTMLElement;
  readonly #caret: HTMLElement | null;
  #node: Text | null = null;
  #length = 0;

  /** Blocks go into `element`; `caret` is kept behind the last character. */
  constructor(element: HTMLElement, caret: HTMLElement | null) {
    this.#element = element;
    this.#caret = caret;
  }

  write(text: string): void {
    let from = 0;
    while (from < text.length) {
      const node = this.#node ?? this.#openBlock();
      const cut = this.#cut(text, from);
      node.appendData(text.slice(from, cut.end));
      this.#length += cut.end - from;
      if (cut.closes) this.#node = null;
      from = cut.next;
    }
  }

  // Where the present block takes text up to, and whether a new one begins there.
  #cut(text: string, from: number): { end: number; next: number; closes: boolean } {
    const room = Math.max(0, BLOCK - this.#length);
    if (text.length - from <= room) return { end: text.length, next: text.length, closes: false };
    const line = text.indexOf('\n', from + room);
    const whole = from + Math.max(2, LONGEST_BLOCK - this.#length);
    const most = isHighSurrogate(text, whole - 1) ? whole - 1 : whole;
    if (line !== -1 && line <= most) return { end: line, next: line + 1, closes: true };
    if (text.length > most) return { end: most, next: most, closes: true };
    return { end: text.length, next: text.length, closes: false };
  }

  #openBlock(): Text {
    const block = document.createElement('div');
    block.className = 'output-block output-plain';
    const node = block.appendChild(document.createTextNode(''));
    if (this.#caret) block.append(this.#caret);
    this.#element.append(block);
    this.#length = 0;
    this.#node = node;
    return node;
  }
}

// Half a character in each of two nodes would be drawn as two broken ones.
const isHighSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800;
