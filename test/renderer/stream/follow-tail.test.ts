import { describe, expect, it } from 'vitest';
import { FlushScheduler } from '../../../renderer/stream/flush-scheduler.ts';
import { FollowTail } from '../../../renderer/stream/follow-tail.ts';
import { FakeFrames } from './fake-frames.ts';

/** As much of a scroll area as `FollowTail` sees: the top stays within the content, and moving it is told later. */
class Area extends EventTarget {
  scrollHeight = 1000;
  clientHeight = 300;
  #top = 0;
  get scrollTop() {
    this.#top = Math.max(0, Math.min(this.#top, this.scrollHeight - this.clientHeight));
    return this.#top;
  }
  set scrollTop(top: number) {
    this.#top = top;
  }
  tell() {
    this.dispatchEvent(new Event('scroll'));
  }
}

function setUp() {
  const frames = new FakeFrames();
  const area = new Area();
  const tail = new FollowTail(area as unknown as HTMLElement, new FlushScheduler(frames));
  const write = (height: number) => {
    area.scrollHeight = height;
    tail.onWrite();
    frames.tick();
  };
  return { area, tail, write };
}

describe('FollowTail', () => {
  it('stays at the end while content grows, and lets go of a reader who scrolls up', () => {
    const { area, tail, write } = setUp();
    write(1200);
    area.tell();
    expect(area.scrollTop).toBe(900);
    area.scrollTop = 600;
    area.tell();
    expect(tail.following).toBe(false);
    write(1400);
    expect(area.scrollTop).toBe(600);
    area.scrollTop = 1100;
    area.tell();
    expect(tail.following).toBe(true);
  });

  it('goes on when content shrank and has grown again by the time the scroll is told', () => {
    const { area, tail, write } = setUp();
    write(1200);
    area.tell();
    write(1150);
    // Layout settles after our scroll: a block that came near, a table that got its last row.
    area.scrollHeight = 1260;
    area.tell();
    expect(tail.following).toBe(true);
    write(1300);
    expect(area.scrollTop).toBe(1000);
  });
});
