// One scheduler for all panes of a window. Per frame: first all writes, then all scrolls, so layout is computed once
// however many panes stream; React hears at most ten times a second. A hidden page gets no animation frames, so
// there the same work runs on a timer, or an answer would pile up in memory until the window is looked at again.

/** Milliseconds between two notifications of React. */
const NOTIFY_MS = 100;
/** Milliseconds between flushes while the page is hidden. */
export const HIDDEN_MS = 250;
/** Milliseconds of one frame for tasks; what is left over comes first in the next, so panes take turns. */
const TASKS_MS = 8;

/** What can be marked dirty. */
export interface Flushable {
  /** Writes what is pending into the DOM; must not read layout. */
  flush(): void;
  /** Tells React that numbers changed. */
  notify(): void;
}

/** The parts of a window that the scheduler uses. */
export interface FrameHost {
  requestFrame(cb: (now: number) => void): number;
  cancelFrame(id: number): void;
  setTimer(cb: () => void, ms: number): number;
  clearTimer(id: number): void;
  /** Milliseconds, on the clock of `requestFrame`. */
  now(): number;
  hidden(): boolean;
  onVisibilityChange(cb: () => void): void;
}

export class FlushScheduler {
  readonly #host: FrameHost;
  readonly #dirty = new Set<Flushable>();
  readonly #untold = new Set<Flushable>();
  readonly #scrolls = new Map<Element, ((top: number) => void) | undefined>();
  readonly #tasks = new Map<() => void, number>();
  #frame: number | null = null;
  #timer: number | null = null;
  #lastNotify = Number.NEGATIVE_INFINITY;
  #urgent = false;
  #running = false;

  constructor(host: FrameHost) {
    this.#host = host;
    host.onVisibilityChange(() => this.#reschedule());
  }

  /** `urgent`: React is told in the next frame, not at the next tenth of a second. */
  mark(pane: Flushable, urgent = false): void {
    this.#dirty.add(pane);
    this.#untold.add(pane);
    if (urgent) this.#urgent = true;
    this.#schedule();
  }

  /** Scrolls `element` to its end after all writes of the coming (or this) frame; `placed` hears where that was. */
  scrollToEnd(element: Element, placed?: (top: number) => void): void {
    this.#scrolls.set(element, placed);
    this.#schedule();
  }

  /**
   * Runs `task` once in the write phase of the first frame at or after `due` (the clock of `now()`; 0: at once). Asked
   * for twice, the earlier time holds.
   */
  at(due: number, task: () => void): void {
    this.#tasks.set(task, Math.min(due, this.#tasks.get(task) ?? due));
    this.#schedule();
  }

  cancel(task: () => void): void {
    this.#tasks.delete(task);
  }

  now(): number {
    return this.#host.now();
  }

  #schedule(): void {
    if (this.#running || this.#frame !== null || this.#timer !== null) return;
    if (this.#host.hidden()) this.#timer = this.#host.setTimer(() => this.#run(this.#host.now()), HIDDEN_MS);
    else this.#frame = this.#host.requestFrame((now) => this.#run(now));
  }

  // A frame asked for before the page was hidden would not come.
  #reschedule(): void {
    if (this.#frame === null && this.#timer === null) return;
    if (this.#frame !== null) this.#host.cancelFrame(this.#frame);
    if (this.#timer !== null) this.#host.clearTimer(this.#timer);
    this.#frame = this.#timer = null;
    this.#schedule();
  }

  #run(now: number): void {
    this.#frame = this.#timer = null;
    this.#running = true;
    try {
      this.#write(now);
      for (const element of this.#scrolls.keys()) element.scrollTop = 1e9;
      // Layout was computed by the scrolls: reading costs nothing.
      for (const [element, placed] of this.#scrolls) placed?.(element.scrollTop);
      this.#scrolls.clear();
      if (this.#urgent || now - this.#lastNotify >= NOTIFY_MS) this.#tell(now);
    } finally {
      this.#running = false;
      if (this.#dirty.size + this.#untold.size + this.#tasks.size + this.#scrolls.size > 0) this.#schedule();
    }
  }

  #write(now: number): void {
    for (const pane of this.#dirty) {
      this.#dirty.delete(pane);
      pane.flush();
    }
    const begun = this.#host.now();
    for (const [task, due] of this.#tasks) {
      if (this.#host.now() - begun >= TASKS_MS) return;
      if (now < due && !this.#host.hidden()) continue;
      this.#tasks.delete(task);
      task();
    }
  }

  #tell(now: number): void {
    this.#lastNotify = now;
    this.#urgent = false;
    const told = [...this.#untold];
    this.#untold.clear();
    for (const pane of told) pane.notify();
  }
}

const pageHost: FrameHost = {
  requestFrame: (cb) => requestAnimationFrame(cb),
  cancelFrame: (id) => cancelAnimationFrame(id),
  setTimer: (cb, ms) => window.setTimeout(cb, ms),
  clearTimer: (id) => window.clearTimeout(id),
  now: () => performance.now(),
  hidden: () => document.hidden,
  onVisibilityChange: (cb) => document.addEventListener('visibilitychange', cb),
};

let page: FlushScheduler | undefined;

/** The scheduler of this window. */
export function pageScheduler(): FlushScheduler {
  page ??= new FlushScheduler(pageHost);
  return page;
}
