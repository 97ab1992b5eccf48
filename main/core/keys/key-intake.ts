// What a secret passes on its way in, new or as a replacement: form, origin, place, and whether it is here already.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Backend } from '../../../preload/contract/keys.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { KeyRow, KeyRows } from './key-rows.ts';
import type { KeychainWatch } from './keychain-watch.ts';
import { requireBackend } from './require-backend.ts';
import type { Scrubber } from './scrub.ts';
import { bindBaseUrl, checkSecret, refuseKeyIn } from './validate-key.ts';
import type { VaultBackend } from './vault-backend.ts';

export interface IntakeDeps {
  rows: KeyRows;
  fingerprints: Fingerprints;
  watch: KeychainWatch;
  scrubber: Scrubber;
  vault: VaultBackend;
}

export interface Offer {
  secret: string;
  baseUrl: string;
  name: string;
  /** Where to; absent: where new keys go now. */
  backend: Backend | undefined;
  /** The key that this replaces. */
  replaces?: string;
}

export interface Taken {
  secret: string;
  row: Pick<KeyRow, 'origin' | 'base_url' | 'last4' | 'fingerprint' | 'backend'>;
}

const BACKENDS = ['keychain', 'memory', 'vault'] as const;
/** Its name in anything that is shown before the key is stored. */
const UNSAVED = 'unsaved';

export class KeyIntake {
  #deps: IntakeDeps;
  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  async take(offer: Offer): Promise<Taken> {
    const { fingerprints, scrubber, watch, vault } = this.#deps;
    const secret = checkSecret(offer.secret);
    refuseKeyIn('name', offer.name, secret, scrubber);
    refuseKeyIn('baseUrl', offer.baseUrl, secret, scrubber);
    const { baseUrl, origin } = bindBaseUrl(offer.baseUrl);
    // From here on no error on the way can show it.
    scrubber.add(secret, offer.replaces === undefined ? UNSAVED : offer.name);
    const backend = await requireBackend(offer.backend, watch, vault);
    await this.#refuseDuplicate(secret, origin, offer.replaces);
    const fingerprint = await fingerprints.of(backend, secret);
    return { secret, row: { origin, base_url: baseUrl, last4: lastFour(secret), fingerprint, backend } };
  }

  /** The same key twice is one leak twice: told, not stored. The same key for two servers is the user's choice. */
  async #refuseDuplicate(secret: string, origin: string, except: string | undefined) {
    const { rows, fingerprints, scrubber } = this.#deps;
    const active = rows
      .all()
      .filter((row) => row.state === 'active' && row.origin === origin && row.id !== except);
    for (const backend of BACKENDS) {
      const there = active.filter((row) => row.backend === backend);
      if (there.length === 0 || !this.#isOpen(backend)) continue;
      const fingerprint = await fingerprints.of(backend, secret);
      const same = there.find((row) => row.fingerprint === fingerprint);
      if (!same) continue;
      scrubber.add(secret, same.name);
      throw new AppError('KEY_INVALID', `This key is already stored as "${same.name}".`, { field: 'secret' });
    }
  }

  #isOpen(backend: Backend): boolean {
    const { watch, vault } = this.#deps;
    if (backend === 'keychain') return watch.state === 'ready';
    return backend === 'memory' || vault.state() === 'unlocked';
  }
}

/** Of a short key four characters would be half of it. */
const lastFour = (secret: string) => (secret.length >= 16 ? secret.slice(-4) : '');
