// Scans wait for each other: one uses all the cores it may have, two would only be later together. They go on when no
// window looks, and end with the app.
import type { LastScan, Run } from '../../../../preload/contract/scanner.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Finding, ScanMessage, ScanProfile, ScanProgress, ScanSummary } from '../model.ts';
import type { ScanRun } from '../scan/start-scan.ts';
import { createPace, type ScanPace } from './scan-pace.ts';

/** How a scan came to its end. */
export type ScanEnding =
  | { k: 'done'; summary: ScanSummary; findings: Finding[] }
  | { k: 'stopped' }
  | { k: 'failed'; code: string; message: string };

export interface ScanJob {
  repoId: string;
  profile: ScanProfile;
}

export interface ScanQueueDeps {
  clock: Clock;
  log: Log;
  /** Begins the scan of a job whose turn it is. Rejects with an error for people when it cannot begin. */
  begin: (job: ScanJob) => Promise<ScanRun>;
  onFound: (job: ScanJob, findings: Finding[]) => void;
  /** Before the next one begins. Must not throw. */
  onEnd: (job: ScanJob, ending: ScanEnding, lasted: { at: number; ms: number }) => void;
  onChange: () => void;
}

interface Entry extends ScanJob {
  progress: ScanProgress | null;
  pace: ScanPace;
  left: number | null;
  found: number;
  run: ScanRun | null;
  stopped: boolean;
}

export class ScanQueue {
  #deps: ScanQueueDeps;
  #entries: Entry[] = [];
  #working: Promise<void> | null = null;
  #closed = false;
  constructor(deps: ScanQueueDeps) {
    this.#deps = deps;
  }

  /** The running one first, then those that wait, in order. */
  runs(): Run[] {
    return this.#entries.map((entry, index) => describe(entry, index === 0 && this.#working !== null));
  }

  /** The same scan of the same repository is not queued twice. */
  add(job: ScanJob): void {
    if (this.#closed || this.#entries.some((one) => one.repoId === job.repoId && one.profile === job.profile))
      return;
    const { repoId, profile } = job;
    const fresh = { progress: null, pace: createPace(), left: null, found: 0, run: null, stopped: false };
    this.#entries.push({ repoId, profile, ...fresh });
    this.#deps.onChange();
    this.#working ??= this.#work();
  }

  /** Ends the running scan of a repository and takes the waiting ones out of the queue. */
  async stop(repoId: string): Promise<void> {
    const running = this.#working === null ? undefined : this.#entries[0];
    this.#entries = this.#entries.filter((one) => one === running || one.repoId !== repoId);
    this.#deps.onChange();
    if (running?.repoId !== repoId) return;
    running.stopped = true;
    await running.run?.stop();
  }

  isBusyWith(repoId: string): boolean {
    return this.#entries.some((one) => one.repoId === repoId);
  }

  /** Ends everything; nothing is told of it. */
  async close(): Promise<void> {
    this.#closed = true;
    const [running] = this.#entries;
    this.#entries = running ? [running] : [];
    if (running) running.stopped = true;
    await running?.run?.stop();
    await this.#working;
  }

  async #work(): Promise<void> {
    for (let entry = this.#entries[0]; entry; entry = this.#entries[0]) {
      const { repoId, profile } = entry;
      const at = this.#deps.clock.now();
      const started = this.#deps.clock.mono();
      const ending = await this.#run(entry);
      const ms = Math.round(this.#deps.clock.mono() - started);
      this.#entries = this.#entries.filter((one) => one !== entry);
      if (!this.#closed) this.#deps.onEnd({ repoId, profile }, ending, { at, ms });
      if (!this.#closed) this.#deps.onChange();
    }
    this.#working = null;
  }

  async #run(entry: Entry): Promise<ScanEnding> {
    try {
      entry.run = await this.#deps.begin(entry);
      // Stopped while it was being prepared.
      if (entry.stopped) {
        await entry.run.stop();
        return { k: 'stopped' };
      }
      this.#deps.onChange();
      for await (const message of entry.run.messages) {
        const ending = this.#take(entry, message);
        if (ending) return ending;
      }
      return entry.stopped ? { k: 'stopped' } : failed(null);
    } catch (error) {
      if (entry.stopped) return { k: 'stopped' };
      this.#deps.log.warn('A scan could not be made.', { repository: entry.repoId, error });
      return failed(error);
    }
  }

  #take(entry: Entry, message: ScanMessage): ScanEnding | null {
    if (message.k === 'progress') {
      const { bytes, bytesTotal } = message.progress;
      entry.progress = message.progress;
      entry.left = entry.pace.left(this.#deps.clock.mono(), bytes, bytesTotal);
    } else if (message.k === 'found') {
      entry.found += message.findings.length;
      if (!entry.stopped) this.#deps.onFound(entry, message.findings);
    } else return message;
    this.#deps.onChange();
    return null;
  }
}

function describe({ repoId, profile, progress, left, found }: Entry, running: boolean): Run {
  const none = { bytes: 0, bytesTotal: 0, objects: 0, objectsTotal: 0, findings: 0 };
  const { bytes, bytesTotal, objects, objectsTotal, findings } = progress ?? none;
  return {
    repoId,
    profile,
    phase: running ? (progress?.phase ?? 'open') : 'waiting',
    bytes,
    bytesTotal,
    objects,
    objectsTotal,
    findings: Math.max(findings, found),
    share: bytesTotal > 0 ? Math.min(1, bytes / bytesTotal) : null,
    left,
  };
}

function failed(error: unknown): ScanEnding {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (error instanceof Error && typeof code === 'string' && error.name === 'AppError')
    return { k: 'failed', code, message: String(message) };
  return { k: 'failed', code: 'SCAN_FAILED', message: 'The scan ended before it was done. Try again.' };
}

/** What is remembered of a scan's end. */
export function lastScanOf(
  { profile }: ScanJob,
  ending: ScanEnding,
  { at, ms }: { at: number; ms: number },
): LastScan {
  const nothing = { error: '', counts: null, issues: [], head: null };
  if (ending.k === 'stopped') return { at, ms, profile, state: 'stopped', ...nothing };
  if (ending.k === 'failed') return { at, ms, profile, state: 'failed', ...nothing, error: ending.message };
  const { counts, issues, head } = ending.summary;
  return { at, ms, profile, state: 'done', error: '', counts, issues, head };
}
