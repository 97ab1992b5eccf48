// The scanner as the app knows it: repositories, scans that go on when nobody looks, and what they have found.
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../../preload/contract/errors.ts';
import type {
  FindingDetail,
  FindingPage,
  Folder,
  Repo,
  ScannerState,
  ScanProfile,
} from '../../../../preload/contract/scanner.ts';
import type { Settings } from '../../../../preload/contract/settings.ts';
import type { Clock } from '../../clock.ts';
import type { KeyService } from '../../keys/key-service.ts';
import type { Scrubber } from '../../keys/scrub.ts';
import type { Log } from '../../log.ts';
import type { Rule, ScanRequest } from '../model.ts';
import { dropCache } from '../scan/cache.ts';
import type { ScanRun } from '../scan/start-scan.ts';
import { addRepositories } from './add-repositories.ts';
import { browseFolder } from './browse-folder.ts';
import { createChangeStream } from './change-stream.ts';
import { createFindingDetail } from './finding-detail.ts';
import { FindingMarks, type MarkChange } from './finding-marks.ts';
import { FindingPages, type PageQuery } from './finding-pages.ts';
import { countOpen, type OpenCounts, storedKeys } from './known-keys.ts';
import { LiveFindings } from './live-findings.ts';
import { RepoHealth } from './repo-health.ts';
import { type RepoRow, RepoRows } from './repo-rows.ts';
import type { RepositoryFinder } from './repository-finder.ts';
import { lastScanOf, type ScanEnding, type ScanJob, ScanQueue } from './scan-queue.ts';
import { prepareScan } from './scan-request.ts';
import { storeFindings } from './store-findings.ts';

/** At most four states a second. */
const STATE_MS = 250;

export interface ScannerDeps {
  db: DatabaseSync;
  clock: Clock;
  log: Log;
  keys: Pick<KeyService, 'forScanner' | 'onChange'>;
  settings: () => Settings;
  scrubber: Pick<Scrubber, 'text'>;
  finder: RepositoryFinder;
  startScan: (request: ScanRequest) => ScanRun;
  rules: () => readonly Rule[];
  /** Folder of the cache; `null`: none. */
  cacheDir: string | null;
  /** The user's own rules and allow lists; may not exist. */
  userConfig: string | null;
}

export interface ScannerService {
  state(): ScannerState;
  /** The present state, then one after each change, at most four a second. */
  watch(signal: AbortSignal): AsyncGenerator<ScannerState>;
  browse(path: string | null): Promise<Folder>;
  /** `PATH_NOT_FOUND`, `NOT_A_REPOSITORY`. */
  add(path: string, signal: AbortSignal): Promise<{ added: Repo[]; already: Repo[]; cut: boolean }>;
  /** Ends its scan and forgets it with its findings. `NOT_FOUND`. */
  remove(repoId: string): Promise<void>;
  /** Puts one scan of each in the queue. `NOT_FOUND`; `FOREIGN_REPOSITORY` when one is and `trust` is false. */
  start(repoIds: readonly string[], profile: ScanProfile, trust: boolean): void;
  stop(repoId: string): Promise<void>;
  findings(query: PageQuery): FindingPage;
  /** `NOT_FOUND`. */
  finding(id: number): Promise<FindingDetail>;
  mark(change: MarkChange): void;
  /** For exports. */
  pages: FindingPages;
  marks: FindingMarks;
  repos(): RepoRow[];
  rules(): readonly Rule[];
  /** Scans that run or wait. */
  running(): number;
  /** Called after each change. Returns a function that ends it. */
  onChange(cb: () => void): () => void;
  /** Ends what runs; within the time that a scan needs to stop. */
  close(): Promise<void>;
}

export function createScannerService(deps: ScannerDeps): ScannerService {
  const { db, clock, log } = deps;
  const rows = new RepoRows(db);
  const health = new RepoHealth(deps.finder);
  const live = new LiveFindings(db);
  const marks = new FindingMarks(db, () => clock.now());
  const pages = new FindingPages({ db, live, marks });
  const detail = createFindingDetail({ ...deps, pages, repo: (id) => rows.find(id) });
  const changes = createChangeStream(STATE_MS);
  const listeners = new Set<() => void>();
  let version = 0;
  let counts: OpenCounts | null = null;
  /** Of the scan that runs. */
  let keyFingerprints: ReadonlyMap<string, string> = new Map();

  const changed = () => {
    changes.touch();
    for (const listener of [...listeners]) listener();
  };
  const findingsChanged = () => {
    version++;
    counts = null;
    pages.changed();
    changed();
  };
  /** A database in which damage was found takes no change at all, not even of its temporary tables. */
  const clearLive = (repoId: string) => {
    try {
      live.clear(repoId);
    } catch (error) {
      log.warn('What a scan has found on its way is still shown.', { error });
    }
  };
  const known = (id: string): RepoRow => {
    const row = rows.find(id);
    if (!row) throw new AppError('NOT_FOUND', 'This repository was removed from the list. Add it again.');
    return row;
  };

  const queue = new ScanQueue({
    clock,
    log,
    onChange: changed,
    async begin({ repoId, profile }) {
      const row = known(repoId);
      const store = deps.finder.storeOf(row.path);
      if (store !== null && store !== row.store) rows.setStore(repoId, store);
      const prepared = await prepareScan(row, profile, deps);
      keyFingerprints = prepared.keyFingerprints;
      return deps.startScan(prepared.request);
    },
    onFound({ repoId }, findings) {
      try {
        if (live.add(repoId, findings, keyFingerprints, clock.now()) > 0) findingsChanged();
      } catch (error) {
        // Only a preview; what the scan says at its end is what counts.
        log.warn('What a running scan has found cannot be shown yet.', { error });
      }
    },
    onEnd(job, ending, lasted) {
      clearLive(job.repoId);
      const row = rows.find(job.repoId);
      if (row) finish(job, ending, lasted);
      if (row) health.look([row]);
      findingsChanged();
    },
  });

  const finish = (job: ScanJob, ending: ScanEnding, lasted: { at: number; ms: number }) => {
    try {
      if (ending.k === 'done')
        storeFindings(db, { ...job, findings: ending.findings, keyFingerprints, now: clock.now() });
      rows.setLastScan(job.repoId, lastScanOf(job, ending, lasted));
    } catch (error) {
      log.error('The result of a scan could not be stored.', error);
      const message =
        error instanceof AppError ? error.message : 'The result could not be stored. Try again.';
      unsaved.set(job.repoId, lastScanOf(job, { k: 'failed', code: 'SCAN_FAILED', message }, lasted));
      return;
    }
    unsaved.delete(job.repoId);
  };
  /** How scans ended whose result could not be stored, for as long as the app runs. */
  const unsaved = new Map<string, Repo['lastScan']>();

  const none = { high: 0, medium: 0, low: 0, known: 0 };
  const repo = (row: RepoRow): Repo => ({
    id: row.id,
    path: row.path,
    name: row.name,
    addedAt: row.addedAt,
    state: health.stateOf(row.id),
    lastScan: unsaved.get(row.id) ?? row.lastScan,
    open: counts?.repos.get(row.id) ?? none,
  });
  const state = (): ScannerState => {
    counts ??= countOpen(db);
    return { repos: rows.all().map(repo), runs: queue.runs(), version, keys: counts.keys };
  };

  // A use of a key is a change to the list of keys too, and changes nothing here.
  const keysNow = () => JSON.stringify([...storedKeys(db)].map(([print, { id, name }]) => [print, id, name]));
  let keysThen = keysNow();
  const stopWatchingKeys = deps.keys.onChange(() => {
    try {
      const now = keysNow();
      if (now === keysThen) return;
      keysThen = now;
      findingsChanged();
    } catch (error) {
      log.warn('The stored keys could not be compared with the findings.', { error });
    }
  });

  return {
    state,
    watch(signal) {
      if (health.look(rows.all())) changed();
      return changes.watch(state, signal);
    },
    browse: browseFolder,
    async add(path, signal) {
      const found = await addRepositories(path, { rows, finder: deps.finder, now: clock.now, signal });
      health.look([...found.added, ...found.already]);
      changed();
      counts ??= countOpen(db);
      return { added: found.added.map(repo), already: found.already.map(repo), cut: found.cut };
    },
    async remove(repoId) {
      await queue.stop(known(repoId).id);
      const { store } = known(repoId);
      rows.remove(repoId);
      if (store !== null && deps.cacheDir !== null) dropCache(deps.cacheDir, store);
      clearLive(repoId);
      health.forget(repoId);
      unsaved.delete(repoId);
      findingsChanged();
    },
    start(repoIds, profile, trust) {
      const wanted = [...new Set(repoIds)].map(known);
      if (health.look(wanted)) changed();
      const foreign = wanted.filter(({ id }) => health.stateOf(id) === 'foreign');
      if (foreign.length > 0 && !trust)
        throw new AppError(
          'FOREIGN_REPOSITORY',
          `${foreign.map(({ path }) => path).join(', ')}: this belongs to another user of this computer. Scan it only if you trust them.`,
          { repoIds: foreign.map(({ id }) => id) },
        );
      for (const { id } of foreign) rows.trust(id);
      if (foreign.length > 0) health.look(foreign.map(({ id }) => known(id)));
      for (const { id } of wanted) queue.add({ repoId: id, profile });
    },
    stop: (repoId) => queue.stop(repoId),
    findings: (query) => pages.page(query),
    finding: detail,
    mark(change) {
      marks.change(change);
      findingsChanged();
    },
    pages,
    marks,
    repos: () => rows.all(),
    rules: deps.rules,
    running: () => queue.runs().length,
    onChange(cb) {
      listeners.add(cb);
      return () => listeners.delete(cb);
    },
    async close() {
      stopWatchingKeys();
      listeners.clear();
      await queue.close();
    },
  };
}
