// What a window is told of a key, worked out from what is known already: the list of keys never waits for a keychain.
import {
  type Backend,
  CheckResult,
  type KeychainStatus,
  type KeyInfo,
} from '../../../preload/contract/keys.ts';
import type { KeyRow } from './key-rows.ts';

/** Why a key that the table knows is not in its backend. `moved`: another keychain answers than the one it was put in. */
export type Absence = 'gone' | 'moved';

export interface KnownState {
  status: KeychainStatus;
  absent: (id: string) => Absence | undefined;
  inMemory: (row: KeyRow) => boolean;
  inVault: (row: KeyRow) => boolean;
}

export function keyInfo(row: KeyRow, known: KnownState): KeyInfo {
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    origin: row.origin,
    baseUrl: row.base_url,
    last4: row.last4,
    backend: row.backend,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    uses: row.uses,
    lastCheck:
      row.last_check === null ? null : (CheckResult.safeParse(JSON.parse(row.last_check)).data ?? null),
    ...shownState(row, known),
  };
}

type Shown = Pick<KeyInfo, 'state' | 'stateText'>;
const ACTIVE: Shown = { state: 'active', stateText: '' };

function shownState(row: KeyRow, known: KnownState): Shown {
  if (row.state === 'pending')
    return {
      state: 'pending',
      stateText:
        'Storing this key was interrupted. Keybench finishes or undoes it when the keychain answers.',
    };
  if (row.state === 'deleting')
    return {
      state: 'deleting',
      stateText: `Deleting this key was interrupted. Keybench finishes it when the ${PLACE[row.backend]} answers.`,
    };
  if (row.backend === 'memory') return known.inMemory(row) ? ACTIVE : missing('memory');
  if (row.backend === 'vault') return inVault(row, known);
  const { state, text, remedy } = known.status;
  if (state === 'probing') return ACTIVE;
  const absence = known.absent(row.id);
  if (state === 'ready') return absence ? missing(absence) : ACTIVE;
  return { state: state === 'locked' ? 'locked' : 'unavailable', stateText: `${text} ${remedy}` };
}

function inVault(row: KeyRow, known: KnownState): Shown {
  const { vault } = known.status;
  if (vault === 'locked')
    return {
      state: 'locked',
      stateText: 'The vault is locked. Unlock it with its passphrase to use this key.',
    };
  if (vault === 'absent')
    return {
      state: 'unavailable',
      stateText: 'The vault file is gone. Put it back, or remove the key and add it again.',
    };
  return known.inVault(row) ? ACTIVE : missing('gone');
}

const PLACE: Record<Backend, string> = { keychain: 'keychain', memory: 'session', vault: 'vault' };

/** The sentence for a key that is not where the table says. Also the message of `KEY_MISSING`. */
export function absenceText(why: Absence | 'memory'): string {
  if (why === 'memory')
    return 'This key was kept in memory and went with the last session. Replace it with the key again, or remove it.';
  if (why === 'moved')
    return 'The keychain that answers now is not the one this key was put in, perhaps after a change of desktop. Go back to that one, or replace the key here.';
  return 'The place where this key was kept is open and does not hold it any more; perhaps it was deleted outside Keybench. Replace it with the key again, or remove it.';
}

const missing = (why: Absence | 'memory'): Shown => ({ state: 'missing', stateText: absenceText(why) });
