// One table from what the operating systems say to what people read. keytar's errors are plain `Error`s without a
// code, so they are told apart by their message; measured with libsecret 0.20 and gnome-keyring 42, the messages of
// macOS and Windows from their documentation. The helper runs with English messages for this reason.
import { AppError } from '../../../preload/contract/app-error.ts';
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import type { KeychainState } from '../../../preload/contract/keys.ts';
import type { KeychainDetail } from './keychain-backend.ts';

export interface Diagnosis {
  state: KeychainState;
  detail?: KeychainDetail;
  /** The helper holds on to a service that is gone: only a new helper can reach the new one. */
  stale?: boolean;
}

const MESSAGES: readonly (readonly [RegExp, Diagnosis])[] = [
  // Linux: no session bus
  // Without an address libsecret tries dbus-launch, which needs a display and is often not installed.
  [
    /autolaunch D-Bus|dbus-launch|Could not connect:|Error sending credentials|Connection refused/i,
    { state: 'no-bus' },
  ],
  // Linux: the service went away under a running helper
  [
    /The name :\d+\.\d+ was not provided|Message recipient disconnected|session wrapping the secret does not exist|connection is closed/i,
    { state: 'crashed', stale: true },
  ],
  [
    /org\.freedesktop\.secrets was not provided|ServiceUnknown|default keychain could not be found|logon session does not exist/i,
    { state: 'no-service' },
  ],
  [/Object does not exist at path/i, { state: 'no-service', detail: 'no-collection' }],
  [/locked collection|is locked|User interaction is not allowed/i, { state: 'locked' }],
  [/Timeout was reached|NoReply/i, { state: 'hung' }],
  [
    /AccessDenied|Access is denied|Permission denied|User cancell?ed|user name or passphrase you entered|dismissed/i,
    { state: 'denied' },
  ],
];

/** What a message of the OS means. An unknown one counts as unavailable, never as "no key". */
export function diagnose(message: string): Diagnosis {
  const known = MESSAGES.find(([pattern]) => pattern.test(message));
  return known?.[1] ?? { state: 'crashed', detail: 'unknown' };
}

/** How the OS calls its keychain. */
export function keychainName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'macOS Keychain';
  return platform === 'win32' ? 'Windows Credential Manager' : 'Secret Service';
}

export interface Words {
  /** One sentence: what is so. */
  text: string;
  /** One sentence: what to do. Empty when ready. */
  remedy: string;
}

const FALLBACK = 'keep keys in memory until you quit, or in a vault file with a passphrase';

/** Both sentences for a state, as banners, `keybench doctor` and errors show them. */
export function words(state: KeychainState | 'probing', detail?: KeychainDetail): Words {
  if (detail) return DETAILS[detail];
  return STATES[state];
}

const STATES: Record<KeychainState | 'probing', Words> = {
  probing: { text: 'Asking the keychain…', remedy: '' },
  ready: { text: 'The keychain is unlocked and keeps what it is given.', remedy: '' },
  locked: {
    text: 'The keychain is locked; your keys are still in it.',
    remedy: 'Choose Unlock and enter your login password, or log in to the desktop again.',
  },
  'no-service': {
    text: 'There is a session bus, but no keychain service answers on it.',
    remedy: `Install and start a keyring such as gnome-keyring or KWallet, then probe again; or ${FALLBACK}.`,
  },
  'no-bus': {
    text: 'There is no D-Bus session, so no keychain can be reached.',
    remedy: `Start Keybench from your desktop, or under dbus-run-session with a keyring; or ${FALLBACK}.`,
  },
  hung: {
    text: 'The keychain does not answer; the calls that waited were ended.',
    remedy: `Restart the keyring service or log in again, then probe again; or ${FALLBACK}.`,
  },
  crashed: {
    text: 'The keychain service or its helper process ended in the middle of a call.',
    remedy: `Probe again: a new helper is started by itself. If it stays so, ${FALLBACK}.`,
  },
  denied: {
    text: 'The keychain refused access, or the question of the system was answered with no.',
    remedy: 'Choose Unlock and allow Keybench when the system asks.',
  },
  missing: {
    text: 'The keychain module (keytar) is not built, or its system library is not installed.',
    remedy: `Run npm start again, which builds it (on Linux it needs libsecret and a compiler); or ${FALLBACK}.`,
  },
};

const DETAILS: Record<KeychainDetail, Words> = {
  prompt: {
    text: 'The keychain is locked, and the question of the system for its password was not answered in time.',
    remedy: 'Choose Unlock and answer the question within a minute; your keys are still in the keychain.',
  },
  'no-collection': {
    text: 'A keychain service runs, but it has no default keyring to store keys in.',
    remedy: `Log in to the desktop once, or create a default keyring (for example in Passwords and Keys); or ${FALLBACK}.`,
  },
  unknown: {
    text: 'The keychain gave an error that Keybench does not know, so it counts as unavailable.',
    remedy: `Read the log for the error and probe again; or ${FALLBACK}.`,
  },
};

const CODES: Partial<Record<KeychainState, ErrorCode>> = {
  locked: 'KEY_LOCKED',
  hung: 'KEYCHAIN_TIMEOUT',
  denied: 'KEYCHAIN_DENIED',
};

/** The error of a call that failed in this state: both sentences, and the state for whoever keeps a status. */
export function keychainError({ state, detail }: Diagnosis): AppError {
  const { text, remedy } = words(state, detail);
  const code = CODES[state] ?? 'KEYCHAIN_UNAVAILABLE';
  return new AppError(code, `${text} ${remedy}`, detail ? { state, detail } : { state });
}
