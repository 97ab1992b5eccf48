// Keys and the place they live in. A secret travels inward only: `keys.add`, `keys.replace`, vault passphrases.
import * as z from 'zod';
import { call } from './define.ts';

export const KeychainState = z.enum([
  'ready',
  'locked',
  'no-service',
  'no-bus',
  'hung',
  'crashed',
  'denied',
  'missing',
]);
export type KeychainState = z.infer<typeof KeychainState>;

/** Where a key's secret lives. `memory` and `vault` only after explicit consent. */
export const Backend = z.enum(['keychain', 'memory', 'vault']);
export type Backend = z.infer<typeof Backend>;

export const KeychainStatus = z.object({
  /** `probing` until the first probe has ended; never delays first paint. */
  state: z.enum(['probing', ...KeychainState.options]),
  /** The OS's own name: `Secret Service`, `macOS Keychain`, `Windows Credential Manager`. */
  service: z.string(),
  /** One sentence: what is so. */
  text: z.string(),
  /** One sentence: what the user can do. Empty when ready. */
  remedy: z.string(),
  /** Milliseconds the last probe took. */
  probeMs: z.number().nullable(),
  /** Has the user allowed keys in this session's memory? */
  memoryAllowed: z.boolean(),
  vault: z.enum(['absent', 'locked', 'unlocked']),
  /** Where `keys.add` stores when it is not told. `null`: nowhere; the user must choose. */
  writesTo: Backend.nullable(),
});
export type KeychainStatus = z.infer<typeof KeychainStatus>;

export const CheckResult = z.object({
  at: z.number(),
  outcome: z.enum(['ok', 'rejected', 'forbidden', 'limited', 'unreachable', 'error']),
  status: z.int().nullable(),
  ms: z.number(),
  /** One sentence, e.g. `The provider accepted the key: 12 models.` */
  message: z.string(),
});
export type CheckResult = z.infer<typeof CheckResult>;

export const KeyState = z.enum(['active', 'locked', 'missing', 'pending', 'deleting', 'unavailable']);
export type KeyState = z.infer<typeof KeyState>;

/** All a window ever learns of a key. */
export const KeyInfo = z.object({
  id: z.uuid(),
  name: z.string(),
  provider: z.string(),
  /** scheme + host + port the key is bound to, e.g. `https://api.anthropic.com`. */
  origin: z.string(),
  /** The full base URL it was saved with, path included. */
  baseUrl: z.string(),
  last4: z.string().max(4),
  backend: Backend,
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
  uses: z.int(),
  lastCheck: CheckResult.nullable(),
  state: KeyState,
  /** One sentence when the state is not `active`. */
  stateText: z.string(),
});
export type KeyInfo = z.infer<typeof KeyInfo>;

export const KEY_NAME = z
  .string()
  .trim()
  .min(1, 'Give the key a name.')
  .max(64, 'A name has at most 64 characters.')
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, 'A name has no control characters.');
const keyId = z.strictObject({ id: z.uuid() });
/** Deliberately loose: core checks the form and answers with a sentence that does not hold the value. */
const secret = z.string().max(20_000);
const baseUrl = z.string().max(2048);
const passphrase = z.string().min(1).max(1024);

export const keys = {
  'keys.list': call(z.strictObject({}), z.array(KeyInfo)),
  'keys.add': call(
    z.strictObject({
      name: KEY_NAME,
      provider: z.string().max(40),
      baseUrl,
      secret,
      backend: Backend.optional(),
    }),
    KeyInfo,
  ),
  /** A new secret for the same name; with `baseUrl` the key is bound anew. */
  'keys.replace': call(z.strictObject({ id: z.uuid(), secret, baseUrl: baseUrl.optional() }), KeyInfo),
  'keys.rename': call(z.strictObject({ id: z.uuid(), name: KEY_NAME }), KeyInfo),
  'keys.check': call(keyId, CheckResult),
  'keys.remove': call(keyId, z.null()),
  'keychain.status': call(z.strictObject({}), KeychainStatus),
  /** Probes again. `unlock` allows the OS to ask the user, for up to 60 s. */
  'keychain.probe': call(z.strictObject({ unlock: z.boolean().default(false) }), KeychainStatus),
  /** The user's consent to keep keys in memory until the app quits. */
  'keychain.allowMemory': call(z.strictObject({}), KeychainStatus),
  'vault.create': call(z.strictObject({ passphrase }), KeychainStatus),
  'vault.unlock': call(z.strictObject({ passphrase }), KeychainStatus),
  'vault.lock': call(z.strictObject({}), KeychainStatus),
};
