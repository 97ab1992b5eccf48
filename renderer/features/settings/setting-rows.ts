// The settings as a table: what a row says, which control it has, within which limits.
import type { SettingKey } from '../../host/settings.ts';

export type SectionId =
  | 'general'
  | 'appearance'
  | 'requests'
  | 'history'
  | 'keychain'
  | 'scanner'
  | 'demo'
  | 'shortcuts'
  | 'about';
export const SECTIONS: readonly SectionId[] = [
  'general',
  'appearance',
  'requests',
  'history',
  'keychain',
  'scanner',
  'demo',
  'shortcuts',
  'about',
];

export type ControlSpec =
  | { kind: 'number'; min: number; max: number; unit: string }
  | { kind: 'switch' }
  | { kind: 'choice'; options: readonly { value: string; label: string }[] };

export interface SettingRow {
  key: SettingKey;
  section: SectionId;
  label: string;
  /** One line. */
  help: string;
  control: ControlSpec;
}

const number = (min: number, max: number, unit: string): ControlSpec => ({ kind: 'number', min, max, unit });

export const SETTING_ROWS: readonly SettingRow[] = [
  {
    key: 'output.view',
    section: 'general',
    label: 'Show answers as',
    help: 'How the text of answers is shown. The button ¶ over an answer switches it too.',
    control: {
      kind: 'choice',
      options: [
        { value: 'markdown', label: 'Markdown' },
        { value: 'text', label: 'Plain text' },
      ],
    },
  },
  {
    key: 'appearance.theme',
    section: 'appearance',
    label: 'Theme',
    help: 'System follows the setting of your desktop.',
    control: {
      kind: 'choice',
      options: [
        { value: 'system', label: 'System' },
        { value: 'dark', label: 'Dark' },
        { value: 'light', label: 'Light' },
      ],
    },
  },
  {
    key: 'requests.maxAttempts',
    section: 'requests',
    label: 'Attempts',
    help: 'In all, the first included. Only before the first byte of an answer; 1 never retries.',
    control: number(1, 10, ''),
  },
  {
    key: 'requests.maxWaitSeconds',
    section: 'requests',
    label: 'Waiting between attempts',
    help: 'The most that one request waits in all, whatever the provider asks for.',
    control: number(0, 3600, 's'),
  },
  {
    key: 'requests.connectSeconds',
    section: 'requests',
    label: 'Connect timeout',
    help: 'How long a connection may take to be made.',
    control: number(1, 300, 's'),
  },
  {
    key: 'requests.idleSeconds',
    section: 'requests',
    label: 'Idle timeout',
    help: 'How long a started answer may send nothing before it counts as stalled.',
    control: number(1, 1800, 's'),
  },
  {
    key: 'requests.totalMinutes',
    section: 'requests',
    label: 'Total timeout',
    help: 'The longest that one request may take.',
    control: number(1, 240, 'min'),
  },
  {
    key: 'requests.maxBodyMb',
    section: 'requests',
    label: 'Largest answer',
    help: 'An answer that grows beyond is cut and marked as truncated.',
    control: number(1, 512, 'MB'),
  },
  {
    key: 'requests.maxLineMb',
    section: 'requests',
    label: 'Longest line of a stream',
    help: 'Protects the app from a server that never ends its line.',
    control: number(1, 64, 'MB'),
  },
  {
    key: 'history.keep',
    section: 'history',
    label: 'Keep history',
    help: 'Off: new requests are kept until Keybench quits. What is stored stays.',
    control: { kind: 'switch' },
  },
  {
    key: 'keychain.fallback',
    section: 'keychain',
    label: 'If the keychain is unavailable',
    help: 'Keys are never written to disk unprotected, whatever is chosen here.',
    control: {
      kind: 'choice',
      options: [
        { value: 'ask', label: 'Ask each time' },
        { value: 'memory', label: 'Memory until exit' },
        { value: 'vault', label: 'Passphrase vault' },
      ],
    },
  },
  {
    key: 'scanner.knownKeys',
    section: 'scanner',
    label: 'Look for stored keys',
    help: 'The keys that Keybench holds are searched for as they are, so that no format is missed.',
    control: { kind: 'switch' },
  },
  {
    key: 'scanner.ignored',
    section: 'scanner',
    label: 'Read ignored files',
    help: 'Files such as .env that git leaves out. What is found there is marked as local only.',
    control: { kind: 'switch' },
  },
  {
    key: 'scanner.genericRule',
    section: 'scanner',
    label: 'Generic secrets',
    help: 'Also report any random-looking value with a secret-like name. Has many false alarms.',
    control: { kind: 'switch' },
  },
  {
    key: 'scanner.maxBlobMb',
    section: 'scanner',
    label: 'Largest file',
    help: 'Larger ones are not read, and the result says how many there were.',
    control: number(1, 1024, 'MB'),
  },
  {
    key: 'scanner.jobs',
    section: 'scanner',
    label: 'Threads',
    help: '0: one per processor core, at most 4. Fewer leave more of the machine to other work.',
    control: number(0, 16, ''),
  },
  {
    key: 'demo.firstTokenMs',
    section: 'demo',
    label: 'Time to first token',
    help: 'How long the Demo provider thinks before its answer begins.',
    control: number(0, 10_000, 'ms'),
  },
  {
    key: 'demo.tokensPerSecond',
    section: 'demo',
    label: 'Speed',
    help: 'How fast its answer streams.',
    control: number(1, 20_000, 'tok/s'),
  },
];

/** Words by which the parts that are not plain rows are found. */
export const EXTRA_WORDS: Partial<Record<SectionId, string>> = {
  appearance: 'layout reset split sidebar size',
  history: 'delete clear all database file path',
  keychain: 'secret service vault passphrase lock unlock memory probe',
  shortcuts: 'keyboard keys bindings',
  about: 'version data folder node sqlite sdk demo server',
};
