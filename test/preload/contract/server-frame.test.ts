import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../../preload/contract/errors.ts';
import { BATCH, ServerFrame } from '../../../preload/contract/frames.ts';
import { readServerFrame } from '../../../preload/contract/server-frame.ts';

const capabilities = {
  shell: 'test',
  windowControls: false,
  nativeMenu: false,
  nativeFileDialog: true,
  copySecret: false,
  revealInFolder: false,
  appShortcuts: true,
  remote: false,
};
const error = { code: 'NOT_FOUND', message: 'There is no such thing.' };
const GOOD: Record<string, unknown>[] = [
  { t: 'welcome', v: 1, capabilities },
  { t: 'refused', e: error },
  { t: 'events', id: 1, e: [] },
  { t: 'events', id: 2 ** 31 - 1, e: [{ k: 'ev' }, null, 'x'] },
  { t: 'done', id: 7 },
  { t: 'done', id: 7, r: { deep: [1, 2] } },
  { t: 'fail', id: 7, e: { ...error, data: { n: 1 } } },
];

test.each(GOOD)('takes the frame %j as the schema does', (frame) => {
  expect(ServerFrame.safeParse(frame).success).toBe(true);
  expect(readServerFrame(frame)).toEqual(frame);
});

test('says of any damaged frame what the schema says of it', () => {
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      0,
      -1,
      1.5,
      2 ** 31,
      true,
      [],
      {},
      error,
      { ...error, code: 'NO' },
      capabilities,
    ),
    fc.constantFrom(...ERROR_CODES, 'welcome', 'events', 'done', 'fail', 'refused', 'hello'),
    fc.array(fc.integer(), { minLength: BATCH - 1, maxLength: BATCH + 1 }),
  );
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...GOOD),
      fc.constantFrom('t', 'v', 'id', 'e', 'r', 'capabilities', 'more'),
      junk,
      (good, key, value) => {
        const frame = { ...good, [key]: value };
        const fits = ServerFrame.safeParse(frame).success;
        if (!fits) refused++;
        expect(readServerFrame(frame) !== null, JSON.stringify(frame)).toBe(fits);
      },
    ),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(300);
});

test.each([[null], [undefined], ['done'], [[{ t: 'done', id: 1 }]], [7]])('refuses %j', (raw) => {
  expect(readServerFrame(raw)).toBeNull();
});
