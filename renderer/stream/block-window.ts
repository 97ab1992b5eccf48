// While an answer streams and its end is followed, only the last 60 drawn blocks keep their content: older ones are
// emptied and keep their height. When the reader scrolls up, blocks that come near are drawn again; after the end
// all are, so that finding and selecting text reach everything. Heights come from the observer, which never forces
// layout, and a block is observed only until its height is known: the observer looks at all its targets each frame.
import type { FollowTail } from './follow-tail.ts';

const KEEP = 60;
const NEAR = '2000px 0px';

export interface WindowedBlock {
  element: HTMLElement;
  drawn: boolean;
  /** Pixels; `null` while not known. */
  height: number | null;
}

export class BlockWindow<B extends WindowedBlock> {
  readonly #blocks = new Map<Element, B>();
  readonly #tail: FollowTail | undefined;
  readonly #draw: (block: B) => void;
  readonly #observer: IntersectionObserver | undefined;
  readonly #stop: () => void = () => {};
  #kept: B[] = [];

  /** Without a tail to follow nothing is ever emptied. */
  constructor(root: HTMLElement, tail: FollowTail | undefined, draw: (block: B) => void) {
    this.#draw = draw;
    this.#tail = tail;
    if (!tail) return;
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), { root, rootMargin: NEAR });
    this.#stop = tail.listen((following) => {
      if (!following) for (const block of this.#empty()) this.#observer?.observe(block.element);
    });
  }

  /** `block` is drawn and final. */
  add(block: B): void {
    if (!this.#observer) return;
    this.#blocks.set(block.element, block);
    this.#observer.observe(block.element);
    this.#kept.push(block);
    if (this.#kept.length <= KEEP || !this.#tail?.following) return;
    for (const old of this.#kept.splice(0, this.#kept.length - KEEP)) {
      if (old.height === null) continue;
      old.element.style.height = `${old.height}px`;
      old.element.replaceChildren();
      old.drawn = false;
    }
  }

  /** The answer is whole: watches no more and returns what is empty and must be drawn again. */
  settle(): B[] {
    const empty = this.#empty();
    this.dispose();
    return empty;
  }

  dispose(): void {
    this.#stop();
    this.#observer?.disconnect();
    this.#blocks.clear();
    this.#kept = [];
  }

  #empty(): B[] {
    return [...this.#blocks.values()].filter((block) => !block.drawn);
  }

  #seen(entries: IntersectionObserverEntry[]): void {
    for (const { target, boundingClientRect, isIntersecting } of entries) {
      const block = this.#blocks.get(target);
      if (!block) continue;
      if (block.drawn) block.height = boundingClientRect.height;
      else if (!isIntersecting) continue;
      else {
        this.#draw(block);
        this.#kept.unshift(block);
      }
      this.#observer?.unobserve(target);
    }
  }
}
