// R4: every fault × every adapter ends in exactly one state, within its bound, and says what was wrong. S1, S10 on the way.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FAULT_SETTINGS, FAULTS } from '../../../support/faults.ts';
import { type FaultyServer, startFaultyServer } from '../../../support/faulty-server.ts';
import { sendAll, TYPED, testSender } from '../../../support/sender.ts';

let server: FaultyServer;
const rejections: unknown[] = [];
const onRejection = (error: unknown) => rejections.push(error);
beforeAll(async () => {
  process.on('unhandledRejection', onRejection);
  server = await startFaultyServer();
});
afterAll(async () => {
  await server.close();
  process.off('unhandledRejection', onRejection);
  expect(rejections).toEqual([]);
});

/** The longest any fault may take on a slow machine; most take some milliseconds, the longest 2 s. */
const BOUND_MS = 20_000;

test('there are at least 25 faults', () => expect(FAULTS.length).toBeGreaterThanOrEqual(25));

describe.each(TYPED)('$provider $api', ({ provider, api, prefix, body }) => {
  test.concurrent.each(FAULTS)(
    '$name → $state',
    async (fault) => {
      const base = `${server.url(fault.name)}/${provider}-${api}`;
      const arrived = () =>
        server.requests.filter((request) =>
          base.endsWith(request.path.slice(0, base.length - server.origin.length)),
        );
      const { sender, sink, addKey, logged } = testSender(
        { ...FAULT_SETTINGS, ...fault.settings },
        { random: () => 0.1 },
      );
      const key = addKey(server.origin, prefix);
      const from = performance.now();
      const seen = await sendAll(sender, { provider, api, baseUrl: base, keyId: key.id, body });
      const took = performance.now() - from;
      await sender.close();

      const { end } = seen;
      const said = end.error ? `${end.error.source}/${end.error.type}` : '';
      expect({ state: end.state, said }).toEqual({
        state: fault.state,
        said: fault.error ? expect.stringMatching(fault.error) : '',
      });
      if (fault.text !== undefined) expect(seen.text).toBe(fault.text);
      expect(took).toBeLessThan(BOUND_MS);
      expect(arrived()).toHaveLength(fault.attempts ?? 1);
      expect(seen.of('attempt')).toHaveLength(fault.attempts ?? 1);
      expect(server.elsewhere).toEqual([]);
      if (end.error) {
        expect(end.error.message).not.toBe('');
        expect(end.error.advice).toMatch(/^\S.*[.]$/);
        expect(end.error.provider).not.toBe('');
      }

      const kept = sink.kept.get(seen.id);
      expect(kept?.ending?.state).toBe(fault.state);
      expect(kept?.answer).toBe(seen.text);
      // The key is where it belongs and nowhere else.
      expect(JSON.stringify(arrived().at(-1)?.headers)).toContain(key.secret);
      const everything = JSON.stringify([seen.events, kept, logged], (_, value) =>
        value instanceof Uint8Array ? value.byteLength : value,
      );
      expect(everything).not.toContain(key.secret);
      const bodies = Buffer.concat((kept?.records ?? []).flatMap((r) => (r.k === 'bytes' ? [r.bytes] : [])));
      expect(bodies.includes(key.secret)).toBe(false);

      // What is stored plays back as it was seen.
      const again = [];
      const entry = { id: seen.id, at: kept?.entry.at ?? 0, draft: kept?.entry.draft as never, end };
      const replayed = testSender(FAULT_SETTINGS).sender.replay(kept?.records ?? [], entry);
      for await (const event of replayed) again.push(event);
      expect(again).toEqual(seen.events);
    },
    BOUND_MS + 5000,
  );
});
