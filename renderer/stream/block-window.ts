// While an answer streams, only about 60 drawn blocks stay in the DOM: a block that is far from view is emptied and
// keeps its height, one that comes near is drawn again. Heights come from the observer, so nothing forces layout.
// After the end everything is drawn, so that finding and selecting text reach all of it.

/** Drawn blocks below this number are left alone. */
const KEEP = 60;
const NEAR = '1500px 0px';

export interface WindowedBlock {
  element: HTMLElement;
  drawn: boolean;
}

export class BlockWindow<B extends WindowedBlock> {
  readonly #blocks = new Map<Element, B>();
  readonly #draw: (block: B) => void;
  readonly #observer: IntersectionObserver;
  #drawn = 0;

  constructor(root: HTMLElement, draw: (block: B) => void) {
    this.#draw = draw;
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), { root, rootMargin: NEAR });
  }

  /** `block` is drawn and final. */
  add(block: B): void {
    this.#drawn++;
    this.#blocks.set(block.element, block);
    this.#observer.observe(block.element);
  }

  /** The answer is whole: watches no more and returns what is empty and must be drawn again. */
  settle(): B[] {
    this.#observer.disconnect();
    const empty = [...this.#blocks.values()].filter((block) => !block.drawn);
    this.#blocks.clear();
    return empty;
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#blocks.clear();
  }

  #seen(entries: IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const block = this.#blocks.get(entry.target);
      if (!block) continue;
      if (entry.isIntersecting && !block.drawn) this.#fill(block);
      else if (!entry.isIntersecting && block.drawn && this.#drawn > KEEP) {
        block.element.style.height = `${entry.boundingClientRect.height}px`;
        block.element.replaceChildren();
        block.drawn = false;
        this.#drawn--;
      }
    }
  }

  #fill(block: B): void {
    this.#draw(block);
    this.#drawn++;
  }
}
