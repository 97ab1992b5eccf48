// Work with expressions that other people wrote, perhaps the owner of a hostile repository. No test of such an expression
// beforehand is complete, so the engine is made to leave it when its time is over.
import { type Context, createContext, Script } from 'node:vm';

const RUN = new Script('work()');
const scope: { work: () => void } = { work: () => {} };
let context: Context | undefined;

/**
 * False: `work` was broken off, wherever it was, after `ms` milliseconds; nothing of it runs any more then, also no
 * `finally`. Costs a fraction of a millisecond, so it is for a number of things at once. Not to be nested.
 */
export function withinTime(ms: number, work: () => void): boolean {
  context ??= createContext(scope);
  scope.work = work;
  try {
    RUN.runInContext(context, { timeout: Math.max(1, Math.ceil(ms)) });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return false;
  } finally {
    scope.work = () => {};
  }
}
