// The app itself: what runs, what state it is in, links that leave it.
import * as z from 'zod';
import { call, stream } from './define.ts';
import { KeychainStatus } from './keys.ts';

export const DatabaseStatus = z.object({
  /** `memory` means that the file could not be opened and nothing of this session will be kept. */
  state: z.enum(['ok', 'memory', 'read-only', 'full']),
  path: z.string(),
  /** One sentence: what is wrong. Empty when ok. */
  problem: z.string(),
  /** One sentence: what to do. Empty when ok. */
  remedy: z.string(),
});
export type DatabaseStatus = z.infer<typeof DatabaseStatus>;

export const AppStatus = z.object({
  keychain: KeychainStatus,
  database: DatabaseStatus,
  /** Requests in flight. */
  inFlight: z.int(),
  /** Counters that rise with each change, so that a window knows what to read again. */
  keysVersion: z.int(),
  historyVersion: z.int(),
  settingsVersion: z.int(),
});
export type AppStatus = z.infer<typeof AppStatus>;

export const AppInfo = z.object({
  version: z.string(),
  shell: z.string(),
  platform: z.string(),
  node: z.string(),
  sqlite: z.string(),
  dataDir: z.string(),
  /** Where the loopback demo server listens, e.g. `http://127.0.0.1:40123`. */
  demoOrigin: z.string(),
  sdks: z.array(z.object({ name: z.string(), version: z.string() })),
});
export type AppInfo = z.infer<typeof AppInfo>;

export const app = {
  'app.info': call(z.strictObject({}), AppInfo),
  /** First the present status, then one event per change. Never ends by itself. */
  'app.status': stream(z.strictObject({}), AppStatus),
  /** Opens an https link outside the app. Anything else is refused with `LINK_REFUSED`. */
  'app.openLink': call(z.strictObject({ url: z.string().max(4096) }), z.null()),
};
