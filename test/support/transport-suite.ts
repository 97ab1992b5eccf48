// What the bridge promises over any transport; run over in-process, WebSocket and Electron's ipc alike.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../preload/contract/define.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { WINDOW } from '../../preload/contract/frames.ts';
import type { Seen, testContract } from './test-contract.ts';

export interface Bridge {
  client: Client<typeof testContract>;
  seen: Seen;
  /** Cuts the connection. */
  cut: () => void;
  close: () => Promise<void> | void;
}

export function describeBridge(transport: string, open: () => Promise<Bridge>): void {
  describe(`the bridge over ${transport}`, () => {
    let bridge: Bridge;
    beforeEach(async () => {
      bridge = await open();
    });
    afterEach(() => bridge.close());

    it('calls and answers', async () => {
      expect(await bridge.client['test.echo']({ text: 'grüße 🙂' })).toEqual({ text: 'grüße 🙂' });
    });

    it('rejects with a typed error', async () => {
      const failure = bridge.client['test.fail']({ how: 'typed' });
      await expect(failure).rejects.toBeInstanceOf(AppError);
      await expect(failure).rejects.toMatchObject({ code: 'KEY_LOCKED', data: { hint: 'unlock' } });
    });

    it('streams in order, far beyond the window', async () => {
      const got: number[] = [];
      for await (const { n } of bridge.client['test.count']({ to: 5 * WINDOW + 3 })) got.push(n);
      expect(got).toHaveLength(5 * WINDOW + 3);
      expect(got.every((n, i) => n === i + 1)).toBe(true);
    });

    it('holds the producer back while the reader is slow', async () => {
      let read = 0;
      for await (const _event of bridge.client['test.count']({ to: 100_000 })) {
        if (++read === 10) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          break;
        }
      }
      expect(bridge.seen.produced).toBeLessThanOrEqual(WINDOW);
      await expect.poll(() => bridge.seen.finished).toBe(1);
    });

    it('cancels a stream by its signal', async () => {
      const stop = new AbortController();
      const read = async () => {
        for await (const { n } of bridge.client['test.count']({ to: 1_000_000 }, { signal: stop.signal }))
          if (n === 5) stop.abort();
      };
      await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
      await expect.poll(() => bridge.seen.finished).toBe(1);
    });

    it('cancels a call by its signal', async () => {
      const stop = new AbortController();
      const call = bridge.client['test.hang']({}, { signal: stop.signal });
      setTimeout(() => stop.abort(), 20);
      await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
      await expect.poll(() => bridge.seen.aborted).toBe(1);
    });

    it('fails what is open and what comes later when the connection is cut', async () => {
      const call = bridge.client['test.hang']({});
      call.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 30));
      bridge.cut();
      await expect(call).rejects.toMatchObject({ code: 'CLOSED' });
      await expect(bridge.client['test.echo']({ text: 'x' })).rejects.toMatchObject({ code: 'CLOSED' });
      await expect.poll(() => bridge.seen.aborted).toBe(1);
    });
  });
}
