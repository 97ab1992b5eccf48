// The scanner as the app knows it: repositories, scans that go on when nobody looks, and what they have found.
import type { DatabaseSync } from 'node:sqlite';
import type { Folder, Repo, ScannerState } from '../../../../preload/contract/scanner.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Rule } from '../model.ts';
import { addRepositories, type RepositoryFinder } from './add-repositories.ts';
import { browseFolder } from './browse-folder.ts';
import { createChangeStream } from './change-stream.ts';
import { RepoHealth } from './repo-health.ts';
import { type RepoRow, RepoRows } from './repo-rows.ts';

/** At most four states a second. */
const STATE_MS = 250;

export interface ScannerDeps {
  db: DatabaseSync;
  clock: Clock;
  log: Log;
  finder: RepositoryFinder;
  rules: () => readonly Rule[];
}

export interface ScannerService {
  state(): ScannerState;
  /** The present state, then one after each change, at most four a second. */
  watch(signal: AbortSignal): AsyncGenerator<ScannerState>;
  browse(path: string | null): Promise<Folder>;
  /** `PATH_NOT_FOUND`, `NOT_A_REPOSITORY`. */
  add(path: string, signal: AbortSignal): Promise<{ added: Repo[]; already: Repo[]; cut: boolean }>;
  /** Forgets it; `NOT_FOUND`. */
  remove(repoId: string): Promise<void>;
  rules(): readonly Rule[];
  close(): Promise<void>;
}

export function createScannerService(deps: ScannerDeps): ScannerService {
  const rows = new RepoRows(deps.db);
  const health = new RepoHealth();
  const changes = createChangeStream(STATE_MS);
  const version = 0;

  const repo = (row: RepoRow): Repo => ({
    id: row.id,
    path: row.path,
    name: row.name,
    addedAt: row.addedAt,
    state: health.stateOf(row.id),
    lastScan: row.lastScan,
    open: { high: 0, medium: 0, low: 0, known: 0 },
  });
  const state = (): ScannerState => ({ repos: rows.all().map(repo), runs: [], version, keys: [] });
  const look = async () => {
    if (await health.look(rows.all())) changes.touch();
  };

  return {
    state,
    watch(signal) {
      void look();
      return changes.watch(state, signal);
    },
    browse: browseFolder,
    async add(path, signal) {
      const found = await addRepositories(path, { rows, finder: deps.finder, now: deps.clock.now, signal });
      await health.look([...found.added, ...found.already]);
      changes.touch();
      return { added: found.added.map(repo), already: found.already.map(repo), cut: found.cut };
    },
    async remove(repoId) {
      rows.remove(repoId);
      health.forget(repoId);
      changes.touch();
    },
    rules: deps.rules,
    async close() {},
  };
}
