import { beforeEach, describe, expect, it } from 'vitest';
import { type Flushable, FlushScheduler, HIDDEN_MS } from '../../../renderer/stream/flush-scheduler.ts';
import { FakeFrames } from './fake-frames.ts';

let frames: FakeFrames;
let scheduler: FlushScheduler;
let log: string[];

const pane = (name: string): Flushable => ({
  flush: () => log.push(`write ${name}`),
  notify: () => log.push(`tell ${name}`),
});
const area = (name: string): Element =>
  ({
    set scrollTop(_: number) {
      log.push(`scroll ${name}`);
    },
  }) as Element;

beforeEach(() => {
  frames = new FakeFrames();
  scheduler = new FlushScheduler(frames);
  log = [];
});

describe('FlushScheduler', () => {
  it('writes all panes before it scrolls any, in one frame', () => {
    const [a, b] = [pane('a'), pane('b')];
    scheduler.mark(a);
    scheduler.scrollToEnd(area('a'));
    scheduler.mark(b);
    scheduler.scrollToEnd(area('b'));
    frames.tick();
    expect(log.slice(0, 4)).toEqual(['write a', 'write b', 'scroll a', 'scroll b']);
  });

  it('scrolls in the same frame what a write asked for', () => {
    const element = area('a');
    const a: Flushable = { flush: () => scheduler.scrollToEnd(element), notify: () => {} };
    scheduler.mark(a);
    frames.tick();
    expect(log).toEqual(['scroll a']);
    expect(frames.frames.size).toBe(0);
  });

  it('asks for one frame however often it is marked', () => {
    for (let i = 0; i < 100; i++) scheduler.mark(pane('a'));
    expect(frames.frames.size).toBe(1);
  });

  it('tells React at most ten times a second, and always of the last change', () => {
    const a = pane('a');
    for (let i = 0; i < 63; i++) {
      scheduler.mark(a);
      frames.tick(16);
    }
    const told = log.filter((line) => line === 'tell a').length;
    expect(told).toBeGreaterThanOrEqual(9);
    expect(told).toBeLessThanOrEqual(11);
    log = [];
    scheduler.mark(a);
    for (let i = 0; i < 10; i++) frames.tick(16);
    expect(log).toContain('tell a');
    expect(frames.frames.size).toBe(0);
  });

  it('tells of an urgent change in the next frame', () => {
    scheduler.mark(pane('a'));
    frames.tick();
    log = [];
    scheduler.mark(pane('a'), true);
    frames.tick(1);
    expect(log).toEqual(['write a', 'tell a']);
  });

  it('goes on by timer while the page is hidden, also for a frame asked for before', () => {
    const a = pane('a');
    scheduler.mark(a);
    frames.setHidden(true);
    expect(frames.frames.size).toBe(0);
    frames.tick(HIDDEN_MS - 1);
    expect(log).toEqual([]);
    frames.tick(1);
    expect(log).toContain('write a');
  });

  it('goes back to frames when the page is seen again', () => {
    frames.setHidden(true);
    scheduler.mark(pane('a'));
    frames.setHidden(false);
    expect(frames.timers.size).toBe(0);
    frames.tick();
    expect(log).toContain('write a');
  });

  it('runs a task at its time, once, and the earlier of two times', () => {
    const task = () => log.push('task');
    scheduler.at(100, task);
    scheduler.at(50, task);
    for (let i = 0; i < 3; i++) frames.tick(16);
    expect(log).toEqual([]);
    for (let i = 0; i < 6; i++) frames.tick(16);
    expect(log).toEqual(['task']);
  });

  it('spreads dear tasks over frames, in turns', () => {
    const dear = (name: string) => () => {
      log.push(name);
      frames.time += 20;
    };
    for (const name of ['a', 'b', 'c']) scheduler.at(0, dear(name));
    frames.tick();
    expect(log).toEqual(['a']);
    frames.tick();
    frames.tick();
    expect(log).toEqual(['a', 'b', 'c']);
    expect(frames.frames.size).toBe(0);
  });

  it('is not stopped by a writer that throws', () => {
    scheduler.mark({
      flush: () => {
        throw new Error('broken writer');
      },
      notify: () => {},
    });
    scheduler.mark(pane('b'));
    expect(() => frames.tick()).toThrow('broken writer');
    frames.tick();
    expect(log).toContain('write b');
  });
});
