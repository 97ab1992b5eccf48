// Everything the Scanner says.
import type {
  FindingRow,
  LastScan,
  Repo,
  Run,
  ScanProfile,
  ScanSource,
  Severity,
} from '../../../preload/contract/scanner.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { detail, many, mark, marks } from './finding-messages.ts';

/** `38 s left`, `2 min left`. */
function timeLeft(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s left`;
  return `${Math.round(seconds / 60)} min left`;
}

const severities: Record<Severity, string> = { high: 'High', medium: 'Medium', low: 'Low' };

const sources: Record<ScanSource, string> = {
  history: 'In a commit',
  staged: 'Staged',
  worktree: 'Working tree',
  untracked: 'Untracked file',
  ignored: 'Local only, not committed',
  stash: 'In a stash',
  reflog: 'Only in the reflog',
  unreachable: 'Unreachable object',
  message: 'Commit message',
  tag: 'Tag message',
  note: 'Git note',
};

const profiles: Record<ScanProfile, string> = {
  history: 'Full history',
  worktree: 'Working tree',
  staged: 'Staged changes',
};

const phases: Record<Run['phase'], string> = {
  waiting: 'Waiting for its turn',
  open: 'Opening the repository',
  list: 'Listing objects',
  read: 'Reading objects',
  locate: 'Finding commits and paths',
  files: 'Reading files',
};

export const messages = {
  title: 'Scanner',
  severities,
  sources,
  profiles,
  marks,
  many,
  repos: {
    title: 'Repositories',
    all: 'All repositories',
    add: 'Add repository',
    open: (repo: Repo) => {
      const n = repo.open.high + repo.open.medium + repo.open.low;
      return n === 0 ? 'no open findings' : many(n, 'open finding');
    },
    never: 'Never scanned',
    gone: 'Not found',
    foreign: 'Belongs to another user',
    failed: 'Scan failed',
    stopped: 'Scan was stopped',
    remove: (name: string) => `Remove ${name} from the list`,
    removeTitle: (name: string) => `Remove "${name}" from the list?`,
    removeText:
      'Its findings and marks are forgotten here. Nothing in the repository itself is changed or deleted.',
    removeConfirm: 'Remove repository',
  },
  empty: {
    title: 'No repository added',
    text: 'Add a local git repository, or a folder that contains some. Everything ever committed is searched for keys, on this machine only.',
    add: 'Add folder…',
    drop: 'You can also drop a folder here.',
    neverTitle: 'Not scanned yet',
    neverText:
      'A full scan reads every object once: all branches, stashes, merges, and what was staged and thrown away.',
  },
  scan: {
    start: 'Scan',
    startAll: 'Scan all',
    choose: 'What to scan',
    stop: 'Stop',
    stopping: 'Stopping…',
    profileHelp: {
      history: 'Everything ever committed, staged changes and files',
      worktree: 'Files as they are now, ignored ones too',
      staged: 'What the next commit would hold',
    } satisfies Record<ScanProfile, string>,
    progress: (run: Run) => {
      if (run.phase === 'waiting' || run.share === null) return phases[run.phase];
      const of =
        run.objectsTotal > 0
          ? ` of ${formatCount(run.objectsTotal)} objects, ${formatBytes(run.bytesTotal)}`
          : '';
      return `${Math.floor(run.share * 100)} %${of}`;
    },
    phase: (run: Run) => phases[run.phase],
    left: (run: Run) => (run.left === null ? '' : timeLeft(run.left)),
    found: (n: number) => `${many(n, 'finding')} so far`,
    announce: (share: number, name: string) => `Scan of ${name}: ${share} percent`,
    announceEnd: (name: string, open: number) =>
      open === 0
        ? `Scan of ${name} is done: nothing found.`
        : `Scan of ${name} is done: ${many(open, 'open finding')}.`,
  },
  result: {
    clean: (last: LastScan) => {
      const { counts } = last;
      const objects = counts ? counts.scanned + counts.cached : 0;
      const files = counts?.files ?? 0;
      const what =
        last.profile === 'history'
          ? many(objects, 'object')
          : last.profile === 'staged'
            ? 'what is staged'
            : many(files, 'file');
      return `No findings in ${what}`;
    },
    cleanText: (last: LastScan) => {
      const { counts } = last;
      if (!counts) return '';
      const parts = [
        `${profiles[last.profile]}: ${formatBytes(counts.scannedBytes)} read`,
        counts.cached > 0 && `${formatCount(counts.cached)} known from the scan before`,
        counts.commits > 0 && many(counts.commits, 'commit'),
        counts.files > 0 && last.profile === 'history' && many(counts.files, 'file'),
      ];
      return parts.filter(Boolean).join(' · ');
    },
    scanned: (when: string) => `Scanned at ${when}`,
    notClean: 'Nothing was found, but not everything could be read',
    noMatch: 'No finding matches',
    noOpen: 'No open findings',
    noOpenText: 'What is marked or suppressed can be shown with the filter.',
    clear: 'Clear filter',
    failed: 'The findings could not be read',
    tryAgain: 'Try again',
    counts: 'What was read',
  },
  counts: {
    scanned: 'Objects read',
    scannedBytes: 'Bytes read',
    cached: 'Known from before',
    tooBig: 'Too large, skipped',
    binary: 'Binary',
    missing: 'Missing',
    unreadable: 'Unreadable',
    timedOut: 'Given up for time',
    files: 'Files read',
    notFollowed: 'Links and devices not followed',
    commits: 'Commits',
  },
  filter: {
    label: 'Filter findings',
    text: 'Filter by path, rule, author or key',
    severity: 'Severity',
    provider: 'Provider',
    rule: 'Rule',
    source: 'Where',
    state: 'State',
    states: { open: 'Open', marked: 'Marked', suppressed: 'Suppressed', all: 'All' },
    known: 'My keys',
    knownHelp: 'Only keys that Keybench holds',
    present: 'Still in files',
    presentHelp: 'Only what stands in the working tree now',
    chosen: (label: string, n: number) => (n === 0 ? label : `${label} (${n})`),
    total: (n: number) => many(n, 'finding'),
  },
  table: {
    label: 'Findings',
    columns: {
      severity: 'Sev',
      rule: 'Rule',
      secret: 'Secret',
      path: 'File:line',
      commit: 'Commit',
      at: 'Age',
      key: 'State',
      repo: 'Repository',
    },
    sortBy: (column: string, descending: boolean) =>
      `Sort by ${column}, ${descending ? 'descending' : 'ascending'}`,
    locating: 'finding its place…',
  },
  state: (row: FindingRow): string => {
    if (row.mark) return marks[row.mark.kind];
    if (row.suppressed)
      return {
        inline: 'Allowed by a comment',
        repository: "Allowed by the repository's file",
        user: 'Allowed by your rules',
        baseline: 'In the baseline',
      }[row.suppressed];
    if (row.provisional) return 'Just found';
    if (row.source === 'ignored') return 'Local only';
    if (row.present) return 'Still in files';
    return sources[row.source];
  },
  isKey: (name: string) => `This is ${name}`,
  detail,
  mark,
  add: {
    title: 'Add a repository',
    text: 'A git repository, or a folder that contains some. Nothing in it is changed.',
    path: 'Folder',
    pathHelp: 'Type a path, or go there below.',
    up: 'Up one folder',
    list: 'Folders',
    repository: 'git repository',
    cut: 'More folders than are listed: type the path.',
    confirm: 'Add',
    busy: 'Looking…',
    done: (n: number) => `${many(n, 'repository', 'repositories')} added`,
    already: (n: number) =>
      n === 1
        ? 'That repository is already in the list.'
        : `${formatCount(n)} repositories are already in the list.`,
    cutAdd: 'There are more: add the folders below one by one.',
    dropRefused: 'Your browser does not tell the place of a dropped folder. Type its path instead.',
  },
  trust: {
    title: (n: number) =>
      n === 1 ? 'This repository belongs to another user' : 'These repositories belong to another user',
    text: 'Whoever owns a repository controls its settings. Keybench reads it with every hook, filter and driver off, and runs nothing from it. Scan it only if you meant to.',
    confirm: 'Scan it',
  },
  export: {
    button: 'Export',
    formats: { sarif: 'SARIF 2.1.0', json: 'JSON', csv: 'CSV' },
    help: 'What the filter shows; secrets stay masked',
    done: (name: string) => `Exported to ${name}`,
    failed: 'The export failed',
  },
  commands: {
    group: 'Scanner' as const,
    add: 'Add repository…',
    scan: 'Scan this repository',
    scanAll: 'Scan all repositories',
    stop: 'Stop the scan',
    export: (format: string) => `Export findings as ${format}`,
    mark: 'Mark finding…',
  },
} as const;
