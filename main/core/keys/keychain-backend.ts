// The seam behind which keytar, the session's memory and the vault file look alike.
import type { Backend, KeychainState } from '../../../preload/contract/keys.ts';

/** What is known beyond the state; the words for it are in keychain-states.ts. */
export type KeychainDetail = 'prompt' | 'no-collection' | 'unknown';

export interface ProbeResult {
  state: KeychainState;
  detail?: KeychainDetail;
  /** Milliseconds the probe took. */
  ms: number;
}

/**
 * A place that keeps secrets by account name (a random UUID). Every call settles by its own deadline. Failures are
 * `AppError`s: `KEYCHAIN_UNAVAILABLE`, `KEYCHAIN_TIMEOUT`, `KEYCHAIN_DENIED`, `KEY_LOCKED`. None holds the secret.
 * Those of the OS keychain carry `data: { state, detail? }`.
 */
export interface KeychainBackend {
  readonly kind: Backend;
  /** `null` means *locked or missing*, never *deleted*: a locked keyring answers the same. */
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  /** False when nothing was deleted: absent or locked. */
  delete(account: string): Promise<boolean>;
  /** Set, get and delete of a random value. `unlock` lets the OS ask the user, for up to 60 s. */
  probe(options?: { unlock?: boolean }): Promise<ProbeResult>;
  /** Ends whatever the backend holds (helper process, keys in memory), within 2 s even when it hangs. */
  close(): Promise<void>;
}
