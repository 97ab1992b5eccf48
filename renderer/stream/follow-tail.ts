// Keeps a scroll area at its end while it grows. Any scroll upward lets go; the end reached again takes hold again.
import type { FlushScheduler } from './flush-scheduler.ts';

/** Pixels from the end that still count as the end: a fraction of a line, for zoom levels that round. */
const SLACK = 4;

export class FollowTail {
  readonly #root: HTMLElement;
  readonly #scheduler: FlushScheduler;
  readonly #listeners = new Set<(following: boolean) => void>();
  #following = true;
  #last = { top: 0, height: 0 };
  /** Where the last scroll of our own came to rest. */
  #placed = -1;

  constructor(root: HTMLElement, scheduler: FlushScheduler) {
    this.#root = root;
    this.#scheduler = scheduler;
    root.addEventListener('scroll', this.#onScroll, { passive: true });
    root.addEventListener('wheel', this.#onWheel, { passive: true });
    root.addEventListener('keydown', this.#onKey);
  }

  get following(): boolean {
    return this.#following;
  }

  /** Calls `listener` whenever following begins or ends; returns what stops that. */
  listen(listener: (following: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** To be called after each write. */
  readonly onWrite = (): void => {
    if (this.#following) this.#toEnd();
  };

  /** "Jump to latest", and the End key. */
  readonly resume = (): void => {
    this.#set(true);
    this.#toEnd();
  };

  readonly release = (): void => this.#set(false);

  dispose(): void {
    this.#root.removeEventListener('scroll', this.#onScroll);
    this.#root.removeEventListener('wheel', this.#onWheel);
    this.#root.removeEventListener('keydown', this.#onKey);
  }

  // Scroll events come at the start of a frame, when layout is clean: reading it here costs nothing.
  readonly #onScroll = (): void => {
    const { scrollTop: top, scrollHeight: height, clientHeight } = this.#root;
    const atEnd = top + clientHeight >= height - SLACK;
    // Content that shrinks also moves the top upward, and may have grown again by now; that is not the user.
    const own = Math.abs(top - this.#placed) <= 1;
    const up = !own && top < this.#last.top - 1 && height >= this.#last.height;
    this.#last = { top, height };
    if (atEnd) this.#set(true);
    else if (up) this.#set(false);
  };

  readonly #onWheel = (event: WheelEvent): void => {
    if (event.deltaY < 0 && this.#root.scrollTop > 0) this.#set(false);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'End') this.resume();
    else if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) this.#set(false);
  };

  #toEnd(): void {
    this.#scheduler.scrollToEnd(this.#root, (top) => {
      this.#placed = top;
    });
  }

  #set(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    for (const listener of this.#listeners) listener(following);
  }
}
