// A scanner service over a database in memory, with a scan that says what the test wants.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { openMemory } from '../../../../../main/core/history/database.ts';
import type {
  Finding,
  ScanMessage,
  ScanRequest,
  ScanSummary,
} from '../../../../../main/core/scanner/model.ts';
import type { ScanRun } from '../../../../../main/core/scanner/scan/start-scan.ts';
import { RepoRows } from '../../../../../main/core/scanner/service/repo-rows.ts';
import {
  createScannerService,
  type ScannerDeps,
  type ScannerService,
} from '../../../../../main/core/scanner/service/scanner-service.ts';
import type { FindingFilter, ScanCounts } from '../../../../../preload/contract/scanner.ts';
import { DEFAULT_SETTINGS } from '../../../../../preload/contract/settings.ts';

export const COUNTS: ScanCounts = {
  scanned: 10,
  scannedBytes: 1000,
  cached: 0,
  tooBig: 0,
  binary: 0,
  missing: 0,
  unreadable: 0,
  timedOut: 0,
  files: 3,
  notFollowed: 0,
  commits: 5,
};

const SUMMARY: ScanSummary = {
  counts: COUNTS,
  issues: [],
  ruleHash: '00',
  rules: 200,
  startedAt: 0,
  ms: 5,
  head: { ref: 'main', oid: 'a'.repeat(40) },
};

/** A finding that says little of itself; `n` makes its fingerprint. */
export function finding(n: number, part: Partial<Finding> = {}): Finding {
  return {
    rule: 'some-api-key',
    provider: 'Some',
    severity: 'high',
    description: 'Lets its finder do something.',
    masked: 'so··me',
    fingerprint: n.toString(16).padStart(32, '0'),
    keyFingerprint: null,
    knownKey: null,
    source: 'history',
    path: `src/file-${n}.ts`,
    line: n + 1,
    column: 5,
    oid: 'b'.repeat(40),
    commit: 'c'.repeat(40),
    author: 'Ada Example',
    email: 'ada@example.com',
    at: 1_700_000_000_000 + n,
    refs: [],
    versions: 1,
    present: true,
    suppressed: null,
    ...part,
  };
}

export const FILTER: FindingFilter = {
  repoId: null,
  severity: [],
  provider: [],
  rule: [],
  source: [],
  state: 'open',
  present: null,
  known: null,
  text: '',
};

export interface FakeScan {
  request: ScanRequest;
  say(message: ScanMessage): void;
  done(findings?: Finding[], summary?: Partial<ScanSummary>): void;
  stopped: boolean;
}

export interface Rig {
  db: DatabaseSync;
  service: ScannerService;
  /** Each one that was begun, oldest first. */
  scans: FakeScan[];
  /** Resolves with the nth scan when it has begun. */
  begun(index: number): Promise<FakeScan>;
  addRepo(name: string): string;
  addKey(key: { name: string; fingerprint: string; state?: string }): string;
  renameKey(id: string, name: string): void;
  removeKey(id: string): void;
  /** One whole scan with this result. */
  scan(repoId: string, findings: Finding[], profile?: 'history' | 'worktree' | 'staged'): Promise<void>;
  /** Of the findings that the filter shows, as `path:line`. */
  shown(filter?: Partial<FindingFilter>): string[];
  foreign: Set<string>;
  gone: Set<string>;
  clock: { now: number };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

export function createRig(part: Partial<ScannerDeps> = {}): Rig {
  const db = part.db ?? openMemory(0);
  const rows = new RepoRows(db);
  const scans: FakeScan[] = [];
  const foreign = new Set<string>();
  const gone = new Set<string>();
  const keyListeners = new Set<() => void>();
  const clock = { now: 1000 };
  const keyChanged = () => {
    for (const listener of keyListeners) listener();
  };
  const service = createScannerService({
    db,
    clock: { now: () => clock.now, mono: () => clock.now },
    log: { info() {}, warn() {}, error() {}, close() {} },
    keys: {
      forScanner: async () => ({ pepper: null, keys: [] }),
      onChange(cb) {
        keyListeners.add(cb);
        return () => keyListeners.delete(cb);
      },
    },
    settings: () => DEFAULT_SETTINGS,
    scrubber: { text: (text) => text },
    finder: {
      topOf: () => null,
      below: async () => ({ paths: [], cut: false }),
      storeOf: () => null,
      isForeign: (top) => (gone.has(top) ? null : foreign.has(top)),
    },
    startScan: (request) => fakeScan(request, scans),
    rules: () => [],
    cacheDir: null,
    userConfig: null,
    ...part,
  });

  const begun = async (index: number) => {
    for (let tries = 0; tries < 1000; tries++) {
      const scan = scans[index];
      if (scan) return scan;
      await tick();
    }
    throw new Error(`Scan ${index} was never begun.`);
  };

  return {
    db,
    service,
    scans,
    begun,
    foreign,
    gone,
    clock,
    addRepo(name) {
      const id = randomUUID();
      rows.insert({ id, path: `/repos/${name}`, name, addedAt: 1 });
      return id;
    },
    addKey({ name, fingerprint, state = 'active' }) {
      const id = randomUUID();
      db.prepare(
        `INSERT INTO keys (id, name, provider, origin, base_url, fingerprint, backend, created_at, state)
         VALUES (?, ?, 'anthropic', 'https://a.example', 'https://a.example', ?, 'memory', 1, ?)`,
      ).run(id, name, fingerprint, state);
      keyChanged();
      return id;
    },
    renameKey(id, name) {
      db.prepare('UPDATE keys SET name = ? WHERE id = ?').run(name, id);
      keyChanged();
    },
    removeKey(id) {
      db.prepare('DELETE FROM keys WHERE id = ?').run(id);
      keyChanged();
    },
    async scan(repoId, findings, profile = 'history') {
      const index = scans.length;
      service.start([repoId], profile, false);
      (await begun(index)).done(findings);
      while (service.running() > 0) await tick();
    },
    shown: (filter = {}) =>
      service
        .findings({
          filter: { ...FILTER, ...filter },
          sort: 'severity',
          descending: false,
          offset: 0,
          limit: 200,
        })
        .rows.map(({ path, line }) => `${path}:${line}`),
  };
}

function fakeScan(request: ScanRequest, scans: FakeScan[]): ScanRun {
  const waiting: ScanMessage[] = [];
  let wake = () => {};
  const scan: FakeScan = {
    request,
    stopped: false,
    say(message) {
      waiting.push(message);
      wake();
    },
    done: (findings = [], summary = {}) =>
      scan.say({ k: 'done', summary: { ...SUMMARY, ...summary }, findings }),
  };
  scans.push(scan);
  return {
    messages: (async function* () {
      for (;;) {
        const message = waiting.shift();
        if (message) {
          yield message;
          continue;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    })(),
    async stop() {
      if (scan.stopped) return;
      scan.stopped = true;
      scan.say({ k: 'stopped' });
    },
  };
}
