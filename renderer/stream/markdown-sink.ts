// The Markdown view of an answer: the answer's own text is Markdown, every other lane stays plain. Past 200 KB a
// pane goes on as plain text, which has no limit.
import type { Lane } from '../../preload/contract/requests.ts';
import type { FlushScheduler } from './flush-scheduler.ts';
import type { FollowTail } from './follow-tail.ts';
import { MarkdownSection } from './markdown-section.ts';
import { messages } from './messages.ts';
import type { OutputSink } from './pane.ts';
import { PlainSection } from './plain-section.ts';
import { openLane, type SinkOptions } from './text-sink.ts';

const PLAIN_ABOVE = 200_000;

export interface MarkdownSinkOptions extends SinkOptions {
  /** The scroll area around `root`. */
  scroller: HTMLElement;
  /** Follows the end of the scroll area; without it no block is ever emptied. */
  tail?: FollowTail;
  scheduler: FlushScheduler;
}

export class MarkdownSink implements OutputSink {
  readonly #options: MarkdownSinkOptions;
  readonly #sections: MarkdownSection[] = [];
  #lane: Lane | null = null;
  #element: HTMLElement | null = null;
  #section: MarkdownSection | PlainSection | null = null;
  #chars = 0;
  #carriageReturn = false;

  constructor(options: MarkdownSinkOptions) {
    this.#options = options;
    options.root.classList.add('output-live');
  }

  write(lane: Lane, text: string): void {
    if (lane !== this.#lane || !this.#element) {
      this.#close();
      this.#lane = lane;
      this.#element = openLane(this.#options.root, lane);
      this.#section = lane === 'text' ? this.#openMarkdown(this.#element) : this.#openPlain(this.#element);
    }
    this.#chars += text.length;
    if (this.#chars > PLAIN_ABOVE && this.#section instanceof MarkdownSection) this.#goPlain(this.#element);
    this.#section?.write(this.#section instanceof MarkdownSection ? this.#unixLines(text) : text);
    this.#options.onWrite();
  }

  end(): void {
    this.#close();
    this.#options.caret?.remove();
    this.#options.root.classList.remove('output-live');
  }

  dispose(): void {
    for (const section of this.#sections) section.dispose();
  }

  #openMarkdown(element: HTMLElement): MarkdownSection | PlainSection {
    if (this.#chars > PLAIN_ABOVE) return this.#openPlain(element);
    const section = new MarkdownSection(element, this.#options);
    this.#sections.push(section);
    return section;
  }

  #openPlain(element: HTMLElement): PlainSection {
    return new PlainSection(element, this.#options.caret);
  }

  #goPlain(element: HTMLElement): void {
    this.#close();
    const note = document.createElement('p');
    note.className = 'output-note';
    note.textContent = messages.plainFromHere;
    element.append(note);
    this.#section = this.#openPlain(element);
  }

  #close(): void {
    if (this.#section instanceof MarkdownSection) this.#section.end();
    this.#section = null;
  }

  // The lexer counts in its own normalised text; a CR may be the last character of one delta, its LF the next.
  #unixLines(text: string): string {
    const whole = this.#carriageReturn ? `\r${text}` : text;
    this.#carriageReturn = whole.endsWith('\r');
    return (this.#carriageReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
  }
}
