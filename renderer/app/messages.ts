// Every sentence of the frame.
import type { KeychainStatus } from '../../preload/contract/keys.ts';

type ChainState = KeychainStatus['state'];

export const messages = {
  appName: 'Keybench',
  search: 'Search requests, history, commands',
  searchLabel: 'Open the command palette',
  toggleSidebar: 'Toggle sidebar',
  toggleTimeline: 'Toggle event timeline',
  theme: { system: 'Theme: system', dark: 'Theme: dark', light: 'Theme: light' },
  screens: 'Screens',
  needsAttention: (title: string) => `${title}, needs attention`,
  sidebarOf: (title: string) => `${title} sidebar`,
  statusBar: 'Status',
  keychain: {
    probing: 'Keychain…',
    ready: 'Keychain ready',
    locked: 'Keychain locked',
    'no-service': 'No keychain service',
    'no-bus': 'No D-Bus session',
    hung: 'Keychain hangs',
    crashed: 'Keychain helper crashed',
    denied: 'Keychain access denied',
    missing: 'Keychain support missing',
  } satisfies Record<ChainState, string>,
  keysInMemory: 'Keys in memory only',
  keysInVault: 'Vault unlocked',
  inFlight: (n: number) => `${n} in flight`,
  scanning: (share: number | null, runs: number) =>
    `Scanning${share === null ? '' : ` ${Math.floor(share * 100)} %`}${runs > 1 ? `, ${runs - 1} waiting` : ''}`,
  leaked: (n: number) => (n === 1 ? '1 key leaked' : `${n} keys leaked`),
  leakedHint: 'Keys that Keybench holds were found in a git repository.',
  database: {
    ok: '',
    memory: 'History is not kept',
    'read-only': 'History is read-only',
    full: 'Disk full',
  },
  demoOnly: 'Demo only',
  demoOnlyHint: 'No key is stored yet. The Demo provider needs none and sends nothing off this machine.',
  loading: 'Loading',
  connecting: 'Connecting to Keybench',
  lost: {
    title: 'The connection to Keybench was lost.',
    text: (seconds: number) =>
      seconds > 0
        ? `What is on screen stays. Trying again in ${seconds} s.`
        : 'What is on screen stays. Trying again now.',
    action: 'Try now',
  },
  elsewhere: {
    title: 'Keybench is open in another window.',
    text: 'What is on screen here stays as it is until you use this window again.',
    action: 'Use this window',
  },
  refused: { title: 'This window cannot connect', action: 'Reload' },
  sheet: {
    title: 'Keyboard shortcuts',
    text: 'Single keys act only inside a focused list. F6 walks through the panes.',
  },
  palette: {
    label: 'Command palette',
    placeholder: 'Type to search, or begin with > @ # / :',
    field: 'Search commands, keys, models, history and events',
    none: (query: string) => (query ? `Nothing matches “${query}”.` : 'Nothing here yet.'),
    lack: { keys: 'No keys yet.', events: 'Open a response to jump to its events.' },
    failed: (group: string) => `${group} could not be searched.`,
    again: 'Press Enter again',
    recent: 'Recent',
    prefixes: [
      ['>', 'commands'],
      ['@', 'keys'],
      ['#', 'models'],
      ['/', 'history'],
      [':', 'events'],
    ],
    keys: 'Keys',
    models: 'Models',
    history: 'History',
  },
  crashed: {
    title: 'This part of the window failed',
    text: 'Nothing that was sent or stored is lost. Reload the window to go on.',
    action: 'Reload',
  },
} as const;
