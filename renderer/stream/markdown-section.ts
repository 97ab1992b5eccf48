// One run of Markdown, drawn while it grows. All blocks but the last are final and drawn once; only the tail is read
// again, 16 times a second at most and less often when that is dear. When the text is whole it is read as a whole
// once more, since a reference link may be defined after its use; only blocks that come out differently are redrawn.
import type { Token } from 'marked';
import { BlockWindow, type WindowedBlock } from './block-window.ts';
import type { FlushScheduler } from './flush-scheduler.ts';
import type { FollowTail } from './follow-tail.ts';
import { highlightCode } from './highlight.ts';
import { lexBlocks, renderBlocks } from './safe-markdown.ts';

/** Milliseconds between two readings of the tail. */
const TAIL_MS = 60;
/** Reading the tails of all panes may take at most one part in this many of the time; one pane alone half of that. */
const TAIL_SHARE = 4;
/** Sections that still grow, in all panes of the window. */
let growing = 0;
/** Milliseconds of drawing per frame; a long stored answer is drawn over several frames. */
const BUDGET_MS = 8;
const AT_LEAST = 12;

interface Block extends WindowedBlock {
  token: Token;
}

export interface SectionOptions {
  /** Scroll area; blocks far from its view are emptied while the answer streams. */
  scroller: HTMLElement;
  tail?: FollowTail;
  caret: HTMLElement | null;
  scheduler: FlushScheduler;
  onWrite: () => void;
}

export class MarkdownSection {
  readonly #options: SectionOptions;
  readonly #window: BlockWindow<Block>;
  readonly #tailElement = document.createElement('div');
  #blocks: Block[] = [];
  #undrawn: Block[] = [];
  #source = '';
  #tail = '';
  #nextRead = 0;
  #ended = false;

  /** Blocks go into `element`. */
  constructor(element: HTMLElement, options: SectionOptions) {
    this.#options = options;
    this.#window = new BlockWindow(options.scroller, options.tail, (block) => this.#draw(block));
    this.#tailElement.className = 'output-block';
    element.append(this.#tailElement);
    growing++;
  }

  write(text: string): void {
    this.#source += text;
    this.#tail += text;
    this.#options.scheduler.at(this.#nextRead, this.#tick);
  }

  end(): void {
    this.#settle();
    this.#tick();
  }

  dispose(): void {
    this.#settle();
    this.#options.scheduler.cancel(this.#tick);
    this.#window.dispose();
  }

  #settle(): void {
    if (!this.#ended) growing--;
    this.#ended = true;
  }

  readonly #tick = (): void => {
    const { scheduler, caret, onWrite } = this.#options;
    scheduler.cancel(this.#tick);
    const begun = performance.now();
    if (this.#ended) this.#readWhole();
    else this.#readTail();
    if (!this.#ended && caret) lastLine(this.#tailElement).append(caret);
    this.#drawSome();
    onWrite();
    const cost = performance.now() - begun;
    this.#nextRead = scheduler.now() + Math.max(TAIL_MS, TAIL_SHARE * Math.max(2, growing) * cost);
    if (this.#undrawn.length > 0) scheduler.at(0, this.#tick);
  };

  #readTail(): void {
    const tokens = lexBlocks(this.#tail);
    const final = finalTokens(tokens);
    let length = 0;
    for (const token of tokens.slice(0, final)) {
      this.#freeze(token);
      length += token.raw.length;
    }
    this.#tail = this.#tail.slice(length);
    this.#tailElement.replaceChildren(renderBlocks(tokens.slice(final)));
  }

  #freeze(token: Token): void {
    if (token.type === 'space') return;
    const block = this.#newBlock(token);
    this.#tailElement.before(block.element);
    this.#blocks.push(block);
  }

  #newBlock(token: Token): Block {
    const element = document.createElement('div');
    element.className = 'output-block';
    const block: Block = { element, token, drawn: false, height: null };
    this.#undrawn.push(block);
    return block;
  }

  // A few in any case: what was just read as the tail must not be blank for a frame once it is final.
  #drawSome(): void {
    const begun = performance.now();
    for (let drawn = 0; drawn < AT_LEAST || performance.now() - begun < BUDGET_MS; drawn++) {
      const block = this.#undrawn.shift();
      if (!block) return;
      if (!block.element.isConnected) continue;
      this.#draw(block);
      if (!this.#ended) this.#window.add(block);
    }
  }

  #draw(block: Block): void {
    block.drawn = true;
    block.element.style.height = '';
    block.element.replaceChildren(renderBlocks([block.token]));
    if (block.token.type === 'code') highlightCode(block.element, block.token.lang ?? '');
  }

  // Acts once: it takes the tail's element away, and that says that it has been.
  #readWhole(): void {
    if (!this.#tailElement.parentNode) return;
    this.#tail = '';
    const tokens = lexBlocks(this.#source);
    const whole = tokens.filter((token) => token.type !== 'space');
    const old = this.#blocks;
    let same = 0;
    while (same < old.length && whole[same]?.raw === old[same]?.token.raw) same++;
    if (Object.keys(tokens.links).length > 0) {
      for (const [i, block] of old.slice(0, same).entries()) {
        if (!block.token.raw.includes('[')) continue;
        block.token = whole[i] ?? block.token;
        if (block.drawn) this.#undrawn.push(block);
      }
    }
    for (const block of old.slice(same)) block.element.remove();
    this.#blocks = old.slice(0, same);
    this.#undrawn.push(...this.#window.settle());
    for (const token of whole.slice(same)) this.#freeze(token);
    this.#tailElement.remove();
    this.#source = '';
  }
}

/**
 * How many tokens at the front can no longer change. The last one is still open; while its first line is not whole,
 * the one before may still swallow it (a list and a half-written marker).
 */
function finalTokens(tokens: readonly Token[]): number {
  let open = tokens.length - 1;
  while (open > 0 && tokens[open]?.type === 'space') open--;
  if (open > 0 && !tokens[open]?.raw.includes('\n')) {
    open--;
    while (open > 0 && tokens[open]?.type === 'space') open--;
  }
  return Math.max(0, open);
}

// The caret stands behind the last character, so inside the last paragraph, list item or code line.
function lastLine(element: Element): Element {
  let at = element;
  for (let next = at.lastElementChild; next?.matches(INNER); next = at.lastElementChild) at = next;
  return at;
}
const INNER = 'p, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, pre, pre > code, table, tbody, tr, td';
