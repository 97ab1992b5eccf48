// The second composition root: a scan on the command line, without the app around it. A commit waits for this, so nothing
// is loaded that it does not need, and nothing is written but the cache.
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { HelperProcess } from './keys/keytar-protocol.ts';
import { type ScanPathsDeps, type ScanPathsOptions, scanPaths } from './scanner/command/scan-paths.ts';
import type { KnownKey, RuleChoice, ScanProgress } from './scanner/model.ts';
import { isLeak, type Report, type ReportMark } from './scanner/report/report.ts';

export type { ScanPathsOptions } from './scanner/command/scan-paths.ts';
export type { RuleChoice, ScanProfile, ScanProgress } from './scanner/model.ts';
export { render } from './scanner/report/render.ts';
export { isLeak, type Report, type ReportFormat } from './scanner/report/report.ts';

export interface ScanDeps {
  dataDir: string;
  version: string;
  spawnKeytar: () => HelperProcess;
  /** Look for stored keys; how long to wait for the keychain when they are needed, in milliseconds. `null`: not at all. */
  knownKeysWithin: number | null;
  /** In this thread, for little; else in threads of their own. */
  here: boolean;
  /** First without the stored keys, then again with them if they have come. */
  hurry: boolean;
  onProgress: (repository: string, progress: ScanProgress) => void;
  /** A sentence for people about what was left out. `late`: only because it took too long this time. */
  onNote: (sentence: string, late: boolean) => void;
}

/** What the app's settings say about scans, where a command does not. */
export interface ScanDefaults {
  maxBlobMb: number;
  jobs: number;
  genericRule: boolean;
  ignored: boolean;
}

export interface CommandScan {
  defaults: ScanDefaults;
  /** Of the built-in rules, those that are off by default and generic. */
  genericRules(): Promise<string[]>;
  /** The user's own rules, if any. */
  userRules(): Promise<RuleChoice['configs']>;
  run(options: ScanPathsOptions, signal: AbortSignal): Promise<Report>;
  close(): void;
}

/** What is wrong with a file of rules, one sentence each. */
export async function ruleProblems(config: RuleChoice['configs'][number]): Promise<string[]> {
  const { ruleSet } = await import('./scanner/rules/rule-set.ts');
  return ruleSet({ configs: [config], enable: [], disable: [] }).problems;
}

/** Loads all that the check of a commit needs. */
export async function loadScan(): Promise<void> {
  await Promise.all([import('./scanner/command/run-here.ts'), import('./keys/read-keychain.ts')]);
}

/** Loaded only to put the commit hook in place or take it away. */
export const commitHooks = () => import('./scanner/command/commit-hook.ts');

/** Loaded only where a baseline is named. */
export const baselines = () => import('./scanner/report/baseline.ts');

/** Never throws: without a database there are no marks, no settings and no stored keys. */
export function createScan(deps: ScanDeps): CommandScan {
  const db = openStored(deps.dataDir);
  let helper: HelperProcess | null = null;
  const spawn = () => {
    helper = deps.spawnKeytar();
    return helper;
  };
  // Asked for at once: the keychain's answer comes while the repository is opened.
  const keys = db === null || deps.knownKeysWithin === null ? null : storedKeys(db, spawn, deps);
  // What is certainly needed is loaded meanwhile.
  if (deps.here) void import('./scanner/command/run-here.ts').catch(() => {});
  const loadRules = async () => (await import('./scanner/rules/index.ts')).RULES;

  const ports: Omit<ScanPathsDeps, 'knownKeys'> = {
    version: deps.version,
    markOf: db === null ? () => null : markReader(db),
    rules: loadRules,
    findRepositories: async (folder, stop) =>
      (await import('./scanner/git/find-repositories.ts')).findRepositories(folder, { signal: stop }),
    scan: deps.here ? scanHere : scanInThreads,
    onProgress: deps.onProgress,
  };

  return {
    defaults: storedDefaults(db),
    genericRules: async () =>
      (await loadRules())
        .filter(({ family, enabled }) => family === 'generic' && enabled === false)
        .map(({ id }) => id),
    async userRules() {
      const file = path.join(deps.dataDir, '.keybench.toml');
      const text = await fs.readFile(file, 'utf8').catch(() => null);
      return text === null ? [] : [{ from: 'user', path: file, text }];
    },
    async run(options, signal) {
      const scanWith = (known: () => Promise<readonly KnownKey[]>) =>
        scanPaths(options, { ...ports, knownKeys: known }, signal);
      let inHand: Promise<readonly KnownKey[]> | null = null;
      const held = () => {
        inHand ??= keys === null ? Promise.resolve([]) : inTime(keys, deps);
        return inHand;
      };
      if (!deps.hurry) return scanWith(held);
      // The rules need no keychain: with some luck it has answered when they are through, and little is read again.
      const report = await scanWith(async () => []);
      if (report.repositories.some(({ findings }) => findings.some(isLeak))) return report;
      return (await held()).length === 0 ? report : scanWith(held);
    },
    close() {
      helper?.kill();
      db?.close();
    },
  };
}

async function* scanHere(...args: Parameters<typeof import('./scanner/command/run-here.ts').runHere>) {
  const { runHere } = await import('./scanner/command/run-here.ts');
  yield* runHere(...args);
}

async function* scanInThreads(...[request, signal]: Parameters<typeof scanHere>) {
  const { startScan } = await import('./scanner/scan/start-scan.ts');
  const run = startScan(request);
  const stop = () => void run.stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    yield* run.messages;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The app's database, only to be read; `null` when there is none that can be. Tables of a newer schema may be missing. */
function openStored(dataDir: string): DatabaseSync | null {
  const file = path.join(dataDir, 'keybench.db');
  if (!existsSync(file)) return null;
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 1000 });
    db.prepare('SELECT 1 FROM keys LIMIT 1').get();
    return db;
  } catch {
    db?.close();
    return null;
  }
}

function storedDefaults(db: DatabaseSync | null): ScanDefaults {
  const stored = new Map<string, unknown>();
  try {
    const rows = db?.prepare("SELECT key, value FROM settings WHERE key LIKE 'scanner.%'").all() ?? [];
    for (const { key, value } of rows) stored.set(key as string, JSON.parse(value as string));
  } catch {} // as if nothing had been set
  const number = (key: string, otherwise: number) => {
    const value = stored.get(key);
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
  };
  return {
    maxBlobMb: number('scanner.maxBlobMb', 50),
    jobs: number('scanner.jobs', 0),
    genericRule: stored.get('scanner.genericRule') === true,
    ignored: stored.get('scanner.ignored') !== false,
  };
}

function markReader(db: DatabaseSync): (repository: string, fingerprint: string) => ReportMark | null {
  try {
    const find = db.prepare(
      `SELECT m.repo_id, m.kind, m.reason FROM finding_marks m
       WHERE m.fingerprint = ? AND (m.repo_id = '' OR m.repo_id = (SELECT id FROM scan_repos WHERE path = ?))
       ORDER BY m.repo_id = '' LIMIT 1`,
    );
    return (repository, fingerprint) => {
      const row = find.get(fingerprint, repository);
      if (!row) return null;
      return {
        kind: row.kind as ReportMark['kind'],
        scope: row.repo_id === '' ? 'everywhere' : 'repository',
        reason: row.reason as string,
      };
    };
  } catch {
    return () => null; // a database of an older version
  }
}

/** The keys of the keychain. Those of a vault would need its passphrase, and those in memory are another process's. */
async function storedKeys(
  db: DatabaseSync,
  spawn: () => HelperProcess,
  { onNote }: ScanDeps,
): Promise<readonly KnownKey[]> {
  const places = db.prepare("SELECT DISTINCT backend FROM keys WHERE state = 'active'").all();
  if (places.some(({ backend }) => backend === 'vault'))
    onNote('Keys in the vault were not looked for: the vault is locked on the command line.', false);
  if (!places.some(({ backend }) => backend === 'keychain')) return [];
  // It starts while the rest is loaded.
  let ready: HelperProcess | null = spawn();
  const next = () => {
    const helper = ready ?? spawn();
    ready = null;
    return helper;
  };
  const { readKeychain } = await import('./keys/read-keychain.ts');
  const found = await readKeychain(db, next);
  if (found.length === 0) onNote('The keychain is locked or empty: stored keys were not looked for.', false);
  return found;
}

/** What has not come by then is not waited for, and that is said. */
async function inTime(keys: Promise<readonly KnownKey[]>, { knownKeysWithin, onNote }: ScanDeps) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, knownKeysWithin ?? 0, null);
  });
  const found = await Promise.race([keys, late]);
  clearTimeout(timer);
  if (found === null) onNote('The keychain did not answer in time: stored keys were not looked for.', true);
  return found ?? [];
}
