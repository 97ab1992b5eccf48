// A window whose frames and timers are fired by hand.
import type { FrameHost } from '../../../renderer/stream/flush-scheduler.ts';

export class FakeFrames implements FrameHost {
  time = 0;
  isHidden = false;
  frames = new Map<number, (now: number) => void>();
  timers = new Map<number, { cb: () => void; due: number }>();
  #next = 1;
  #visibility: (() => void)[] = [];

  requestFrame(cb: (now: number) => void): number {
    this.frames.set(this.#next, cb);
    return this.#next++;
  }
  cancelFrame(id: number): void {
    this.frames.delete(id);
  }
  setTimer(cb: () => void, ms: number): number {
    this.timers.set(this.#next, { cb, due: this.time + ms });
    return this.#next++;
  }
  clearTimer(id: number): void {
    this.timers.delete(id);
  }
  now(): number {
    return this.time;
  }
  hidden(): boolean {
    return this.isHidden;
  }
  onVisibilityChange(cb: () => void): void {
    this.#visibility.push(cb);
  }
  setHidden(hidden: boolean): void {
    this.isHidden = hidden;
    for (const cb of this.#visibility) cb();
  }

  /** Goes on by `ms` and draws one frame, as a visible page would; a hidden one only fires timers. */
  tick(ms = 16): void {
    this.time += ms;
    for (const [id, { cb, due }] of [...this.timers]) {
      if (due > this.time) continue;
      this.timers.delete(id);
      cb();
    }
    if (this.isHidden) return;
    const frames = [...this.frames.values()];
    this.frames.clear();
    for (const cb of frames) cb(this.time);
  }
}
