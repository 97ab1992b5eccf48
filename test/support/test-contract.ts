// A small contract with one method of each kind of behaviour, for tests of the bridge over every transport.
import * as z from 'zod';
import { call, type Handlers, stream } from '../../preload/contract/define.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { type Capabilities, NO_CAPABILITIES } from '../../preload/contract/frames.ts';

export const TEST_CAPABILITIES: Capabilities = { shell: 'test', ...NO_CAPABILITIES };

export const testContract = {
  'test.echo': call(z.strictObject({ text: z.string().max(100) }), z.object({ text: z.string() })),
  'test.fail': call(z.strictObject({ how: z.enum(['typed', 'unknown']) }), z.null()),
  'test.big': call(z.strictObject({ chars: z.int() }), z.string()),
  'test.wrongOutput': call(z.strictObject({}), z.object({ n: z.int() })),
  'test.hang': call(z.strictObject({}), z.null()),
  'test.count': stream(z.strictObject({ to: z.int() }), z.object({ n: z.int() })),
  'test.sizes': stream(z.strictObject({ chars: z.array(z.int()) }), z.object({ s: z.string() })),
  'test.deaf': stream(z.strictObject({}), z.object({ n: z.int() })),
};

/** What the handlers were seen doing. */
export interface Seen {
  produced: number;
  finished: number;
  aborted: number;
}

export function testHandlers(
  seen: Seen = { produced: 0, finished: 0, aborted: 0 },
): Handlers<typeof testContract> {
  return {
    'test.echo': ({ text }) => ({ text }),
    'test.fail': ({ how }) => {
      if (how === 'typed') throw new AppError('KEY_LOCKED', 'The keychain is locked.', { hint: 'unlock' });
      throw new Error('a message with sk-secret-inside');
    },
    'test.big': ({ chars }) => 'x'.repeat(chars),
    'test.wrongOutput': () => ({ n: 'not a number' }) as unknown as { n: number },
    'test.hang': (_input, { signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          seen.aborted++;
        });
      }),
    async *'test.count'({ to }) {
      try {
        for (let n = 1; n <= to; n++) {
          seen.produced = n;
          yield { n };
        }
      } finally {
        seen.finished++;
      }
    },
    async *'test.sizes'({ chars }) {
      for (const length of chars) yield { s: 'y'.repeat(length) };
    },
    // Yields once and then ignores its signal for ever.
    'test.deaf': () => ({
      [Symbol.asyncIterator]: () => {
        let first = true;
        return {
          next: () => {
            if (!first) return new Promise(() => {});
            first = false;
            return Promise.resolve({ done: false as const, value: { n: 1 } });
          },
        };
      },
    }),
  };
}
