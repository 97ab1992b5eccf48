import { expect, test } from 'vitest';
import type { CheckResult } from '../../../../preload/contract/keys.ts';
import { checkAll, checkKey } from '../../../../renderer/features/keys/check-keys.ts';
import { useKeysStore } from '../../../../renderer/features/keys/keys-store.ts';

const result = (outcome: CheckResult['outcome']): CheckResult => ({
  at: 0,
  outcome,
  status: null,
  ms: 1,
  message: '',
});
const ids = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `k${i}` }));
const busy = () => [...useKeysStore.getState().checking];

test('a key is marked busy exactly while its check runs, also when it fails', async () => {
  const gate = Promise.withResolvers<CheckResult>();
  const running = checkKey('a', () => gate.promise);
  expect(busy()).toEqual(['a']);
  gate.reject(new Error('no'));
  await expect(running).rejects.toThrow('no');
  expect(busy()).toEqual([]);
});

test('all keys are checked, three at once at the most', async () => {
  let most = 0;
  const seen: string[] = [];
  const progress: number[] = [];
  const outcome = await checkAll(
    ids(8),
    async (id) => {
      seen.push(id);
      most = Math.max(most, busy().length);
      await Promise.resolve();
      return result('ok');
    },
    (done) => progress.push(done),
  );
  expect(outcome).toEqual({ checked: 8, bad: 0 });
  expect(seen).toHaveLength(8);
  expect(most).toBe(3);
  expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(busy()).toEqual([]);
});

test('one failing check counts as bad and stops no other', async () => {
  const outcome = await checkAll(ids(4), async (id) => {
    if (id === 'k1') throw new Error('gone');
    return result(id === 'k2' ? 'rejected' : 'ok');
  });
  expect(outcome).toEqual({ checked: 4, bad: 2 });
});

test('no keys, no work', async () => {
  expect(await checkAll([], () => Promise.reject(new Error('never')))).toEqual({ checked: 0, bad: 0 });
});
