// A scanner with repositories and findings of the test's choosing, for what the window does with them.
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type {
  FindingDetail,
  FindingFilter,
  FindingRow,
  LastScan,
  Repo,
  Run,
  ScannerState,
} from '../../../preload/contract/scanner.ts';

export const REPO = '00000000-0000-4000-8000-00000000000a';
export const OTHER_REPO = '00000000-0000-4000-8000-00000000000b';
const KEY = '00000000-0000-4000-8000-0000000000c1';

export const lastScan = (part: Partial<LastScan> = {}): LastScan => ({
  at: Date.now() - 180_000,
  ms: 4200,
  profile: 'history',
  state: 'done',
  error: '',
  counts: {
    scanned: 17_904,
    scannedBytes: 212_000_000,
    cached: 208,
    tooBig: 0,
    binary: 36,
    missing: 0,
    unreadable: 0,
    timedOut: 0,
    files: 213,
    notFollowed: 2,
    commits: 11_467,
  },
  issues: [],
  head: { ref: 'main', oid: '4f1c2e9a7b3d5e1f4f1c2e9a7b3d5e1f4f1c2e9a' },
  ...part,
});

export const repo = (part: Partial<Repo> = {}): Repo => ({
  id: REPO,
  path: '/home/ada/src/web-api',
  name: 'web-api',
  addedAt: Date.now() - 86_400_000,
  state: 'ok',
  lastScan: lastScan(),
  open: { high: 2, medium: 1, low: 0, known: 1 },
  ...part,
});

export const run = (part: Partial<Run> = {}): Run => ({
  repoId: REPO,
  profile: 'history',
  phase: 'read',
  bytes: 150_000_000,
  bytesTotal: 212_000_000,
  objects: 12_859,
  objectsTotal: 18_112,
  findings: 3,
  share: 0.71,
  left: 38_000,
  ...part,
});

const RULES = [
  ['anthropic-api-key', 'Anthropic', 'high', 'sk-a··7Qx2'],
  ['openai-project-key', 'OpenAI', 'high', 'sk-p··m1Zk'],
  ['github-token', 'GitHub', 'medium', 'ghp_··91aB'],
  ['jwt', 'JSON Web Token', 'low', 'eyJh··w5cQ'],
] as const;

/** Finding `n`; the first one is the stored key `work-anthropic`. */
export function finding(n: number, part: Partial<FindingRow> = {}): FindingRow {
  const [rule, provider, severity, masked] = RULES[n % RULES.length] as (typeof RULES)[number];
  return {
    id: n + 1,
    repoId: REPO,
    repoName: 'web-api',
    rule,
    provider,
    severity,
    masked,
    source: n % 5 === 4 ? 'ignored' : n % 7 === 3 ? 'stash' : 'history',
    path: `src/module-${n}/config.ts`,
    line: 14 + (n % 90),
    commit: n % 5 === 4 ? null : `${(n + 0x4f1c2e9).toString(16)}${'0'.repeat(33)}`,
    author: n % 5 === 4 ? null : 'Ada Lovelace',
    at: n % 5 === 4 ? null : Date.now() - (n + 1) * 86_400_000,
    present: n % 3 === 0,
    versions: 1 + (n % 4),
    key: n === 0 ? { id: KEY, name: 'work-anthropic' } : null,
    suppressed: null,
    mark: null,
    provisional: false,
    ...part,
  };
}

const detail = (row: FindingRow): FindingDetail => ({
  row,
  description: 'Lets its finder send requests that its owner pays for.',
  column: 22,
  oid: row.commit ? 'ab12'.repeat(10) : null,
  email: 'ada@example.org',
  fingerprint: '0123456789abcdef0123456789abcdef',
  refs: row.commit ? ['main', 'origin/main', 'v1.2.0'] : [],
  context: {
    problem: '',
    lines: [
      { line: row.line - 2, text: 'export const config = {', masked: [] },
      { line: row.line - 1, text: "  baseUrl: 'https://api.example.org/v1',", masked: [] },
      { line: row.line, text: `  apiKey: '${row.masked}',`, masked: [[11, 11 + row.masked.length]] },
      { line: row.line + 1, text: '  timeout: 30_000,', masked: [] },
      { line: row.line + 2, text: '};', masked: [] },
    ],
  },
  alsoIn: row.id === 1 ? [{ path: 'docs/setup.md', line: 8, commit: row.commit }] : [],
  keyUse: row.key ? { uses: 143, lastUsedAt: Date.now() - 7_200_000 } : null,
  steps: {
    revoke: 'https://console.example.org/settings/keys',
    purge: row.commit
      ? {
          command: 'git filter-repo --replace-text replacements.txt',
          replaceText: `${row.masked}==>REMOVED`,
          cannotUndo: 'Clones, forks and caches keep what they have: revoke first.',
        }
      : null,
  },
});

export interface ScannerWorld {
  handlers: Partial<AppHandlers>;
  /** Calls that changed something, in order. */
  calls: [method: string, input: unknown][];
  /** Shows the window another state; the version rises by itself. */
  show(part: Partial<Omit<ScannerState, 'version'>>): void;
  findings: FindingRow[];
  /** Offsets of the pages that were asked for. */
  asked: number[];
}

/** `count` findings in one repository, or a state of one's own. */
export function createScannerWorld(
  options: { count?: number; state?: Partial<ScannerState> } = {},
): ScannerWorld {
  const findings = Array.from({ length: options.count ?? 3 }, (_, n) => finding(n));
  let state: ScannerState = {
    repos: [
      repo(),
      repo({
        id: OTHER_REPO,
        name: 'infra',
        path: '/home/ada/src/infra',
        open: { high: 0, medium: 0, low: 0, known: 0 },
      }),
    ],
    runs: [],
    version: 1,
    keys: [{ keyId: KEY, repos: 1, findings: 1 }],
    ...options.state,
  };
  const calls: ScannerWorld['calls'] = [];
  const asked: number[] = [];
  let wake = () => {};
  let changed = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const show: ScannerWorld['show'] = (part) => {
    state = { ...state, ...part, version: state.version + 1 };
    const woken = wake;
    changed = new Promise((resolve) => {
      wake = resolve;
    });
    woken();
  };
  const did =
    <T>(method: string, answer: T) =>
    (input: unknown): T => {
      calls.push([method, input]);
      return answer;
    };
  return {
    findings,
    calls,
    asked,
    show,
    handlers: {
      'scanner.state': async function* (_input, { signal }) {
        const gone = new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => resolve(), { once: true }),
        );
        while (!signal.aborted) {
          yield state;
          await Promise.race([changed, gone]);
        }
      },
      'scanner.findings': ({ filter, offset, limit }) => {
        asked.push(offset);
        const rows = findings.filter((row) => fits(row, filter));
        return { rows: rows.slice(offset, offset + limit), total: rows.length, facets: facets(rows) };
      },
      'scanner.finding': ({ id }) => detail(findings[id - 1] as FindingRow),
      'scanner.start': did('start', null),
      'scanner.stop': did('stop', null),
      'scanner.remove': did('remove', null),
      'scanner.mark': (input) => {
        calls.push(['mark', input]);
        for (const row of findings)
          if (input.ids.includes(row.id))
            row.mark = input.kind && { kind: input.kind, scope: input.scope, reason: input.reason, at: 0 };
        show({});
        return null;
      },
      'scanner.browse': ({ path }) => ({
        path: path ?? '/home/ada',
        parent: path === '/' ? null : '/home',
        entries: [
          { name: 'documents', path: '/home/ada/documents', repository: false },
          { name: 'web-api', path: '/home/ada/web-api', repository: true },
        ],
        cut: false,
      }),
      'scanner.add': did('add', { added: [repo()], already: [], cut: false }),
      'scanner.export': async function* ({ format }) {
        yield { s: `${format} with ` };
        yield { s: `${findings.length} findings` };
      },
    },
  };
}

function fits(row: FindingRow, filter: FindingFilter): boolean {
  const has = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);
  const open = row.mark === null && row.suppressed === null;
  return (
    (filter.repoId === null || filter.repoId === row.repoId) &&
    has(filter.severity, row.severity) &&
    has(filter.rule, row.rule) &&
    has(filter.provider, row.provider) &&
    has(filter.source, row.source) &&
    (filter.state === 'all' ||
      (filter.state === 'open' ? open : filter.state === 'marked' && row.mark !== null)) &&
    (filter.known === null || (row.key !== null) === filter.known) &&
    (filter.present === null || row.present === filter.present) &&
    `${row.path} ${row.rule} ${row.key?.name ?? ''}`.toLowerCase().includes(filter.text.toLowerCase())
  );
}

function facets(rows: readonly FindingRow[]) {
  const count = (part: 'severity' | 'provider' | 'rule' | 'source') => {
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(row[part], (counts.get(row[part]) ?? 0) + 1);
    return [...counts].map(([value, n]) => ({ value, count: n }));
  };
  return {
    severity: count('severity'),
    provider: count('provider'),
    rule: count('rule'),
    source: count('source'),
  };
}
