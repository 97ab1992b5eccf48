import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Exchange, startStream } from '../../../../main/core/demo/exchange.ts';

/** An answer whose socket is full from the start. */
function fullResponse() {
  const res = Object.assign(new EventEmitter(), {
    written: [] as string[],
    writeHead: () => {},
    flushHeaders: () => {},
    write(bytes: Buffer) {
      res.written.push(bytes.toString());
      return false;
    },
  });
  return res;
}

function streamOf(res: ReturnType<typeof fullResponse>, signal: AbortSignal, bytesPerWrite = 0) {
  const exchange = { res, signal, context: { bytesPerWrite } };
  return startStream(exchange as unknown as Exchange, {});
}

test('a reader that never reads holds the writer back until it does', async () => {
  const res = fullResponse();
  const write = streamOf(res, new AbortController().signal);
  let done = false;
  const writing = write('abc').then(() => {
    done = true;
  });
  await sleep(20);
  expect(done).toBe(false);
  res.emit('drain');
  await writing;
  expect(res.written).toEqual(['abc']);
});

test('a writer that waits gives up when the client goes away, and leaves no listener', async () => {
  const res = fullResponse();
  const stop = new AbortController();
  const writing = streamOf(res, stop.signal)('abc');
  stop.abort();
  await expect(writing).rejects.toThrow();
  expect(res.listenerCount('drain')).toBe(0);
});

test('small writes are made one by one', async () => {
  const res = fullResponse();
  const write = streamOf(res, new AbortController().signal, 2);
  const timer = setInterval(() => res.emit('drain'), 1);
  await write('abcde');
  clearInterval(timer);
  expect(res.written).toEqual(['ab', 'cd', 'e']);
});
