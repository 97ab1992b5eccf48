// One scan, from the opening of the repository to its findings: the order of the steps and what each hands to the next.
import { AppError } from '../../../../preload/contract/app-error.ts';
import { isFolder } from '../git/read-fact.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import type { Finding, Rule, RuleChoice, ScanProgress, ScanRequest, ScanSummary } from '../model.ts';
import { ScanCache } from './cache.ts';
import { cacheRules } from './cache-rules.ts';
import { Collector } from './collector.ts';
import { createFoundFeed } from './found-feed.ts';
import { createNameMask, type NameMask } from './name-mask.ts';
import { placeAll } from './place-all.ts';
import { provisionalFinding } from './place-findings.ts';
import { planScan, type ScanPlan } from './plan-scan.ts';
import { createProgress, type Progress } from './progress.ts';
import { readContents, threadsFor } from './read-contents.ts';
import { repositoryConfig } from './repository-config.ts';
import { scanIssues } from './scan-issues.ts';
import { type ScanRules, scanRules } from './scan-rules.ts';

export interface ScanPorts {
  blobWorker: string | URL;
  signal: AbortSignal;
  onProgress: (progress: ScanProgress) => void;
  onFound: (findings: Finding[]) => void;
  /** Gives what is to be called whenever an `onFound` was taken by its reader. */
  onFeed: (taken: () => void) => void;
}

/** What all steps of one scan share. */
export interface Scan {
  repo: Repository;
  request: ScanRequest;
  rules: ScanRules;
  /** For all texts of the repository that are told. */
  mask: NameMask;
  /** What `rules` was made of. */
  choice: RuleChoice;
  cache: ScanCache;
  collector: Collector;
  progress: Progress;
  ports: ScanPorts;
}

/** Rejects with an AppError for people, or with the signal's reason. */
export async function runScan(
  request: ScanRequest,
  ports: ScanPorts,
): Promise<{ summary: ScanSummary; findings: Finding[] }> {
  const startedAt = Date.now();
  const { signal } = ports;
  const progress = createProgress(ports.onProgress);
  progress.phase('open');
  const repo = await openRepository(request.path, { trusted: request.trusted, signal });
  const { choice, problem } = await configured(repo, request, signal);
  const found = scanRules(choice);
  const mask = createNameMask(found.set, request.knownKeys);
  const rules = { ...found, byId: described(found.byId, mask) };
  const cache = new ScanCache({
    folder: request.cacheDir,
    store: repo.storeId,
    rules: cacheRules(rules, request),
    oidBytes: repo.oidBytes,
  });
  try {
    const collector = new Collector(cache);
    const scan: Scan = { repo, request, rules, mask, choice, cache, collector, progress, ports };
    const plan = await planScan(scan);
    await read(scan, plan);
    const findings = await placeAll(scan, plan);
    signal.throwIfAborted();
    mustStillBeThere(repo);
    cache.tidy(plan.contents, plan.alive);
    const issues = scanIssues({
      profile: request.profile,
      counts: collector.counts,
      shallow: repo.shallow,
      partial: repo.partial,
      submodules: plan.submodules.map(mask),
      problems: [...(problem === null ? [] : [problem]), ...rules.problems].map(mask),
      findings,
      cut: collector.cut,
      filesCut: plan.files?.cut ?? false,
      empty: plan.empty,
      maxBlob: request.maxBlob,
    });
    return {
      findings,
      summary: {
        counts: collector.counts,
        issues,
        ruleHash: rules.set.hash,
        rules: rules.set.rules.length,
        startedAt,
        ms: Date.now() - startedAt,
        head: repo.head && { ...repo.head, ref: repo.head.ref && mask(repo.head.ref) },
      },
    };
  } finally {
    progress.end();
    cache.close();
  }
}

/** Files that vanish while they are read are no news; when all of them did, what was not found means nothing. */
function mustStillBeThere({ path, gitDir, commonDir }: Repository): void {
  if ([path, gitDir, commonDir].every(isFolder)) return;
  throw new AppError(
    'PATH_NOT_FOUND',
    `The repository ${path} was moved or removed while it was scanned. Scan it where it is now.`,
  );
}

/** A configuration file may have a key for an example in what it says about its rules. */
function described(rules: ScanRules['byId'], mask: NameMask): ScanRules['byId'] {
  const own = [...rules].filter(([, { family }]) => family === 'user');
  return new Map([
    ...rules,
    ...own.map(([id, rule]): [string, Rule] => [
      id,
      { ...rule, provider: mask(rule.provider), description: mask(rule.description) },
    ]),
  ]);
}

async function configured(
  repo: Repository,
  request: ScanRequest,
  signal: AbortSignal,
): Promise<{ choice: RuleChoice; problem: string | null }> {
  if (!request.repositoryConfig) return { choice: request.rules, problem: null };
  const { config, problem } = await repositoryConfig(repo, signal);
  const configs = config ? [...request.rules.configs, config] : request.rules.configs;
  return { choice: { ...request.rules, configs }, problem };
}

/** Everything that is new, in as many threads as are worth it. */
async function read(
  { repo, request, rules, choice, collector, progress, ports }: Scan,
  plan: ScanPlan,
): Promise<void> {
  const options = { rules, baseline: new Set(request.baseline), present: null };
  const feed = createFoundFeed((content, hit) => provisionalFinding(content, hit, options), ports.onFound);
  ports.onFeed(feed.taken);
  progress.phase('read');
  progress.expect(plan.objectsToRead + plan.objectsCached, plan.bytesToRead + plan.bytesCached);
  progress.done(plan.objectsCached, plan.bytesCached);
  feed.add(collector.takeCached(plan.cachedHits));
  progress.found(collector.hits);
  let objects = 0;
  let bytes = 0;
  await readContents(plan.jobs, plan.bytesToRead, {
    setup: {
      repo,
      rules: choice,
      knownKeys: request.knownKeys,
      pepper: request.pepper,
      reveal: request.reveal,
      maxBlob: request.maxBlob,
    },
    blobWorker: ports.blobWorker,
    threads: threadsFor(request.jobs),
    signal: ports.signal,
    onBatch(batch) {
      feed.add(collector.take(batch));
      objects += batch.counts.settled;
      bytes += batch.counts.bytes;
      progress.done(batch.counts.settled, batch.counts.bytes);
      progress.found(collector.hits);
    },
  });
  // What was damaged or missing, or shrank, has no bytes of its own.
  progress.done(plan.objectsToRead - objects, plan.bytesToRead - bytes);
}
