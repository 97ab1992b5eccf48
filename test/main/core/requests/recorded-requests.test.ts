import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { recordedRequests } from '../../../../main/core/requests/recorded-requests.ts';
import { AppError } from '../../../../preload/contract/errors.ts';
import { chatBody, draft, memorySink, sendAll } from '../../../support/sender.ts';
import { make, serve, stream, whole } from '../../../support/sending.ts';
import { CHAT } from '../../../support/wire-samples.ts';

describe('what happens elsewhere does not disturb the network', () => {
  test('a reader that takes its time delays no arrival', async () => {
    const { origin } = await serve(async (res) => {
      stream(res).write(CHAT.start);
      for (let i = 0; i < 10; i++) {
        res.write(CHAT.text(`${i}`));
        await sleep(5);
      }
      res.end(CHAT.end);
    });
    const { sender, sink } = make();
    const times: number[] = [];
    for await (const event of sender.send(
      draft({ baseUrl: origin, body: chatBody() }),
      new AbortController().signal,
    )) {
      if (event.k !== 'ev') continue;
      times.push(event.t);
      await sleep(40);
    }
    expect(times.length).toBeGreaterThanOrEqual(12);
    // The server took some 60 ms in all, the reader more than 480: the arrival times are the server's.
    const kept = [...sink.kept.values()][0];
    expect(kept?.ending?.totalMs).toBeLessThan(times.length * 40);
  });

  test.each(['begin', 'append', 'finish'] as const)(
    'a disk that is full at "%s": the answer is whole, and it is logged',
    async (at) => {
      const { origin } = await serve(whole);
      const inner = memorySink();
      const sink = {
        ...inner,
        [at]: () => {
          throw new AppError('DISK_FULL', 'The disk is full.');
        },
      };
      const { sender, logged } = make({}, { sink });
      const seen = await sendAll(sender, { baseUrl: origin, body: chatBody() });
      expect(seen.end.state).toBe('complete');
      expect(seen.text).toBe('Hi');
      expect(logged.join()).toContain('DISK_FULL');
      // Still there to be looked at.
      const stored = {
        entry: () => inner.kept.get(seen.id) as never,
        records: () => inner.kept.get(seen.id)?.records ?? [],
      };
      const { eventData } = recordedRequests(sender, stored);
      if (at !== 'finish') expect(eventData(seen.id, 1).data).toContain('"content":"Hi"');
    },
  );

  test('a long request body is left out of the start event, and can be read in pieces', async () => {
    const { origin, asked } = await serve(whole);
    const { sender, sink } = make();
    const body = JSON.stringify({
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content: 'x'.repeat(300_000) }],
    });
    const seen = await sendAll(sender, { baseUrl: origin, body });
    expect(seen.of('start')[0]?.draft.body).toBe('');
    expect(asked[0]?.body.length).toBe(body.length);
    expect(sink.kept.get(seen.id)?.entry.draft.body).toBe(body);
  });
});
