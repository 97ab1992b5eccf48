// What is known of the keychain right now, without asking it: the status bar, the banners and the list of keys read
// from here and never wait.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Backend, KeychainState, KeychainStatus } from '../../../preload/contract/keys.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { KeychainBackend, ProbeResult } from './keychain-backend.ts';
import { type Diagnosis, keychainError, keychainName, words } from './keychain-states.ts';
import type { VaultBackend } from './vault-backend.ts';

export interface WatchOptions {
  keychain: KeychainBackend;
  vault: VaultBackend;
  settings: () => Pick<Settings, 'keychain.fallback'>;
  onChange: () => void;
  /** A probe found the keychain ready. `before`: the state until then. */
  onReady: (before: KeychainStatus['state']) => void;
  platform?: NodeJS.Platform;
}

export class KeychainWatch {
  #options: WatchOptions;
  #last: (Diagnosis & { ms: number | null }) | null = null;
  #running: { unlock: boolean; done: Promise<KeychainState> } | null = null;
  #memoryAllowed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  get state(): KeychainStatus['state'] {
    return this.#last?.state ?? 'probing';
  }

  status(): KeychainStatus {
    const { vault, platform = process.platform } = this.#options;
    return {
      state: this.state,
      service: keychainName(platform),
      ...words(this.state, this.#last?.detail),
      probeMs: this.#last?.ms ?? null,
      memoryAllowed: this.memoryAllowed,
      vault: vault.state(),
      writesTo: this.writesTo(),
    };
  }

  /** By a click in this session, or by the setting. */
  get memoryAllowed(): boolean {
    return this.#memoryAllowed || this.#options.settings()['keychain.fallback'] === 'memory';
  }

  allowMemory(): void {
    this.#memoryAllowed = true;
    this.#options.onChange();
  }

  /** Where a new key goes when nobody says where: a fallback only if the keychain cannot and the user has allowed it. */
  writesTo(): Backend | null {
    if (this.state === 'ready') return 'keychain';
    if (this.state === 'probing') return null;
    if (this.#options.vault.state() === 'unlocked') return 'vault';
    return this.memoryAllowed ? 'memory' : null;
  }

  /** Probes and remembers. A probe that is under way is shared, unless this one may ask the user and that one not. */
  async probe(unlock = false): Promise<KeychainState> {
    const running = this.#running;
    if (running && (running.unlock || !unlock)) return running.done;
    const done = (async () => {
      await running?.done.catch(() => {});
      const result = await this.#options.keychain.probe({ unlock });
      const before = this.state;
      this.#set(result);
      if (result.state === 'ready') this.#options.onReady(before);
      return result.state;
    })();
    const mine = { unlock, done };
    this.#running = mine;
    return await done.finally(() => {
      if (this.#running === mine) this.#running = null;
    });
  }

  /** Resolves when the keychain is ready; else throws the error of its state. Probes if the last word was no. */
  async ready(): Promise<void> {
    if (this.state === 'ready') return;
    const state = await this.probe();
    if (state !== 'ready') throw this.error();
  }

  /** The error for a call that cannot be made now. */
  error(): AppError {
    return keychainError(this.#last ?? { state: 'crashed' });
  }

  /** A call of the keychain failed: its reason is the newest that is known. */
  learn(error: unknown): void {
    if (!(error instanceof AppError)) return;
    const data = error.data as Partial<Diagnosis> | undefined;
    if (data?.state) this.#set({ ...(data as Diagnosis), ms: null });
  }

  #set({ state, detail, ms }: Diagnosis & { ms: ProbeResult['ms'] | null }) {
    this.#last = { state, ms: ms ?? this.#last?.ms ?? null, ...(detail ? { detail } : {}) };
    this.#options.onChange();
  }
}
