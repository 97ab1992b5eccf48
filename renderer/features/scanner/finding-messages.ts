// What the Scanner says about one finding.
import type { MarkKind } from '../../../preload/contract/scanner.ts';
import { formatCount } from '../../ui/format.ts';

export const many = (n: number, one: string, several = `${one}s`) =>
  `${formatCount(n)} ${n === 1 ? one : several}`;

export const marks: Record<MarkKind, string> = { 'false-alarm': 'False alarm', accepted: 'Accepted' };

export const detail = {
  label: 'Finding details',
  none: 'Choose a finding to see where it stands and what to do.',
  loading: 'Reading the lines around it…',
  failed: 'The details could not be read',
  context: 'Lines around it',
  facts: 'Where it stands',
  file: 'File',
  commit: 'Commit',
  author: 'Author',
  date: 'Date',
  refs: 'Held by',
  noRefs: 'No branch or tag holds the commit.',
  present: 'Working tree',
  presentYes: 'Still in a file',
  presentNo: 'Not in any file now',
  presentUnknown: 'Not looked at by this scan',
  versions: 'Versions of the file',
  object: 'Object',
  fingerprint: 'Fingerprint',
  alsoIn: 'Also in',
  key: (name: string) => `This is ${name}, a key that Keybench holds.`,
  keyUse: (uses: number) =>
    uses === 0 ? 'It was never used from here.' : `Used by ${many(uses, 'request')} from here.`,
  showKey: 'Show key',
  steps: 'What to do',
  revoke: 'Revoke it at the provider',
  revokeText: 'Whoever has seen the commit may have copied the key. Only revoking makes it worthless.',
  revokeOpen: (provider: string) => `Open the page of ${provider}`,
  revokeUnknown: 'No page for revoking is known for this kind of secret. Ask whoever issued it.',
  replace: 'Put the new one into Keybench',
  replaceText: 'The alias stays, so requests and drafts go on with the new secret.',
  replaceKey: (name: string) => `Replace secret of ${name}…`,
  addKey: 'Add key…',
  purge: 'Purge it from history',
  purgeText: 'Rewrites every commit. Agree on it with everybody who has a clone first.',
  purgeFile: 'replacements.txt, with the secret to be filled in by you:',
  copyCommand: 'Copy command',
  copyFile: 'Copy file text',
  notCommitted: 'It was never committed: removing it from the file is enough.',
  rescan: 'Scan again',
  mark: 'Mark…',
  unmark: 'Take the mark away',
  marked: (kind: MarkKind, scope: 'repository' | 'everywhere') =>
    `${marks[kind]}, ${scope === 'everywhere' ? 'in every repository' : 'in this repository'}`,
} as const;

export const mark = {
  title: (n: number) => (n === 1 ? 'Mark this finding' : `Mark ${formatCount(n)} findings`),
  text: 'A marked finding is no longer open. It stays in the list under its state, and the mark survives a new scan.',
  kind: 'What is it?',
  kindHelp: {
    'false-alarm': 'Not a secret at all: an example, a test value, a look-alike.',
    accepted: 'A secret, but the risk is taken: revoked long ago, or for tests only.',
  } satisfies Record<MarkKind, string>,
  scope: 'Where?',
  scopes: { repository: 'In this repository', everywhere: 'In every repository' },
  reason: 'Reason',
  reasonHelp: 'Who reads this in a year wants to know why.',
  confirm: 'Mark',
  done: (n: number) => (n === 1 ? 'Finding marked' : `${formatCount(n)} findings marked`),
  undone: 'Mark taken away',
  undo: 'Undo',
} as const;
