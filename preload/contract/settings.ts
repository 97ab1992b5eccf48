// Settings: one schema with defaults, limits and the sentence for a value out of range.
import * as z from 'zod';
import { call } from './define.ts';

export const Settings = z.strictObject({
  'appearance.theme': z.enum(['system', 'dark', 'light']).default('system'),
  'output.view': z.enum(['markdown', 'text']).default('markdown'),
  /** Attempts in all, the first included. */
  'requests.maxAttempts': z.int().min(1).max(10).default(3),
  /** Seconds one request may spend waiting between attempts, in all. */
  'requests.maxWaitSeconds': z.int().min(0).max(3600).default(90),
  'requests.connectSeconds': z.int().min(1).max(300).default(15),
  /** Seconds without a byte before a started answer counts as stalled. */
  'requests.idleSeconds': z.int().min(1).max(1800).default(60),
  'requests.totalMinutes': z.int().min(1).max(240).default(30),
  'requests.maxBodyMb': z.int().min(1).max(512).default(32),
  'requests.maxLineMb': z.int().min(1).max(64).default(4),
  'history.keep': z.boolean().default(true),
  'keychain.fallback': z.enum(['ask', 'memory', 'vault']).default('ask'),
  /** Larger contents are counted as skipped. */
  'scanner.maxBlobMb': z.int().min(1).max(1024).default(50),
  /** Threads of a scan; 0: as many as the machine has cores, four at the most. */
  'scanner.jobs': z.int().min(0).max(16).default(0),
  /** Look for the stored keys themselves, in plain and encoded form. */
  'scanner.knownKeys': z.boolean().default(true),
  /** The rule for anything that looks like a secret. */
  'scanner.genericRule': z.boolean().default(false),
  /** Read files of the work tree that git ignores, such as .env. */
  'scanner.ignored': z.boolean().default(true),
  'demo.firstTokenMs': z.int().min(0).max(10_000).default(250),
  'demo.tokensPerSecond': z.int().min(1).max(20_000).default(60),
});
export type Settings = z.infer<typeof Settings>;
export type SettingKey = keyof Settings;

export const DEFAULT_SETTINGS: Settings = Settings.parse({});

/** What the window keeps between starts (tabs, splits, drafts); opaque to core, scrubbed like everything else. */
export const UiState = z.record(z.string().max(64), z.json());
export type UiState = z.infer<typeof UiState>;

export const settings = {
  'settings.get': call(z.strictObject({}), Settings),
  /** `SETTING_INVALID` with one sentence if the value does not fit; nothing is changed then. */
  'settings.set': call(z.strictObject({ key: z.string().max(64), value: z.json() }), Settings),
  'settings.reset': call(z.strictObject({ key: z.string().max(64) }), Settings),
  'ui.load': call(z.strictObject({}), UiState),
  'ui.save': call(z.strictObject({ state: UiState }), z.null()),
};
