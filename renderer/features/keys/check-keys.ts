// Asking providers whether they take a key: one, or all of them a few at a time. Each result stays with its own key.
import type { CheckResult, KeyInfo } from '../../../preload/contract/keys.ts';
import { whileChecking } from './keys-store.ts';

/** Checks in flight at once; more would look like an attack to a provider with many keys. */
const AT_ONCE = 3;

type Check = (id: string) => Promise<CheckResult>;

/** Runs one check and marks the key as busy meanwhile. */
export const checkKey = (id: string, check: Check): Promise<CheckResult> =>
  whileChecking(id, () => check(id));

export interface CheckAllResult {
  checked: number;
  /** Keys that did not come out `ok`, failed calls included. */
  bad: number;
}

/** Checks `keys`, at most three at a time. One that fails never stops the others. */
export async function checkAll(
  keys: readonly Pick<KeyInfo, 'id'>[],
  check: Check,
  onProgress: (done: number) => void = () => {},
): Promise<CheckAllResult> {
  const queue = [...keys];
  let done = 0;
  let bad = 0;
  const worker = async () => {
    for (let key = queue.shift(); key; key = queue.shift()) {
      const outcome = await checkKey(key.id, check).then(
        (result) => result.outcome,
        () => 'error',
      );
      if (outcome !== 'ok') bad++;
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { checked: done, bad };
}
