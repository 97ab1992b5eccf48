import { describe, expect, test } from 'vitest';
import { createEventQueue, type EventQueue } from '../../../../main/core/requests/event-queue.ts';

interface Sample {
  i: number;
  s: string;
}
/** Line breaks and halves of characters are what a line of UTF-8 could lose. */
const sample = (i: number): Sample => ({ i, s: `word ${i}\n"\ud83d é漢😀`.repeat(1 + (i % 7)) });
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

async function readAll(queue: EventQueue<Sample>): Promise<Sample[]> {
  const all: Sample[] = [];
  for (let batch = await queue.next(); batch; batch = await queue.next()) all.push(...batch);
  return all;
}

describe('every event comes out once, in order, as it was', () => {
  test.each([0, 1, 511, 512, 513, 5_000, 40_000])('%i events before anyone reads', async (count) => {
    const queue = createEventQueue<Sample>(({ s }) => s.length);
    const events = numbers(0, count).map(sample);
    for (const event of events) queue.push(event);
    queue.close();
    expect(await readAll(queue)).toEqual(events);
  });
  test('while it is read, now faster and now slower than it is written', async () => {
    const queue = createEventQueue<Sample>(({ s }) => s.length);
    const reading = readAll(queue);
    let next = 0;
    for (const count of [1, 3, 2_000, 1, 600, 8_000, 0, 512, 513, 20_000, 1])
      for (let i = 0; i < count; i++) {
        queue.push(sample(next++));
        if (count < 5 || i % 1_000 === 0) await new Promise(setImmediate);
      }
    queue.close();
    expect(await reading).toEqual(numbers(0, next).map(sample));
  });
  test('events larger than a block of packed ones', async () => {
    const queue = createEventQueue<Sample>(({ s }) => s.length);
    const events = numbers(0, 1_200).map((i) => ({ i, s: 'é'.repeat(i % 100 === 0 ? 400_000 : 1) }));
    for (const event of events) queue.push(event);
    queue.close();
    expect((await readAll(queue)).every((event, i) => event.s === events[i]?.s)).toBe(true);
  });
});

test('a reader who keeps up gets the very objects', async () => {
  const queue = createEventQueue<Sample>(({ s }) => s.length);
  const event = sample(1);
  const waiting = queue.next();
  queue.push(event);
  expect([...((await waiting) ?? [])][0]).toBe(event);
});
