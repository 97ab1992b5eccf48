import { describe, expect, it } from 'vitest';
import { diagnose, keychainError, keychainName, words } from '../../../../main/core/keys/keychain-states.ts';
import { KeychainState } from '../../../../preload/contract/keys.ts';

// The messages of the measured table, and those documented for macOS and Windows.
const SAID: [string, string, string?][] = [
  ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'no-bus'],
  ['Failed to execute child process “dbus-launch” (No such file or directory)', 'no-bus'],
  ['Could not connect: No such file or directory', 'no-bus'],
  ['Could not connect: Connection refused', 'no-bus'],
  ['The name org.freedesktop.secrets was not provided by any .service files', 'no-service'],
  ['GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name is not activatable', 'no-service'],
  [
    'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
    'no-service',
    'no-collection',
  ],
  ['Cannot create an item in a locked collection', 'locked'],
  ['The name :1.0 was not provided by any .service files', 'crashed'],
  ['Message recipient disconnected from message bus without replying', 'crashed'],
  ['The session wrapping the secret does not exist', 'crashed'],
  ['User interaction is not allowed.', 'locked'],
  ['The user name or passphrase you entered is not correct.', 'denied'],
  ['User canceled the operation.', 'denied'],
  ['A default keychain could not be found.', 'no-service'],
  ['Access is denied.', 'denied'],
  ['Something nobody has seen before', 'crashed', 'unknown'],
];

describe('what the OS says', () => {
  for (const [message, state, detail] of SAID)
    it(`“${message}” means ${state}${detail ? ` (${detail})` : ''}`, () => {
      const found = diagnose(message);
      expect([found.state, found.detail]).toEqual([state, detail]);
    });
});

it('every state has words of its own, and every state but ready a remedy', () => {
  const all = KeychainState.options.map((state) => words(state));
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  for (const state of KeychainState.options)
    expect(words(state).remedy === '', state).toBe(state === 'ready');
  for (const detail of ['prompt', 'no-collection', 'unknown'] as const)
    expect(words('locked', detail).text).not.toBe(words('locked').text);
});

it('an error holds both sentences and its state', () => {
  const error = keychainError({ state: 'locked', detail: 'prompt' });
  expect(error.code).toBe('KEY_LOCKED');
  expect(error.data).toEqual({ state: 'locked', detail: 'prompt' });
  expect(error.message).toContain(words('locked', 'prompt').remedy);
  expect(keychainError({ state: 'no-bus' }).code).toBe('KEYCHAIN_UNAVAILABLE');
});

it('calls the keychain by the name of the system', () => {
  expect([keychainName('linux'), keychainName('darwin'), keychainName('win32')]).toEqual([
    'Secret Service',
    'macOS Keychain',
    'Windows Credential Manager',
  ]);
});
