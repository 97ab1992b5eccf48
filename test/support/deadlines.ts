// How long tests with a real keyring wait for it.
import type { Deadlines } from '../../main/core/keys/process-backend.ts';

/** Where an answer comes: no machine is too slow for these. */
export const PATIENT: Partial<Deadlines> = {
  get: 60_000,
  delete: 60_000,
  set: 60_000,
  unlock: 60_000,
  alive: 30_000,
};

/** Where none comes, and the test waits as long: enough for what is done before on a busy machine. */
export const HANGING: Partial<Deadlines> = { get: 5000, delete: 5000, set: 5000, unlock: 5000, alive: 2000 };
