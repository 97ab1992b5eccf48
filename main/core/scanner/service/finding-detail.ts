// Everything about one finding, for the person who has to do something about it.
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../../preload/contract/errors.ts';
import type { FindingDetail } from '../../../../preload/contract/scanner.ts';
import type { Settings } from '../../../../preload/contract/settings.ts';
import { reading } from '../../history/database.ts';
import type { KeyService } from '../../keys/key-service.ts';
import type { Scrubber } from '../../keys/scrub.ts';
import { refsHolding } from '../git/refs-holding.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { maskText } from '../match/mask-text.ts';
import { createMatcher } from '../match/matcher.ts';
import type { KnownKey, Matcher, Rule } from '../model.ts';
import { repositoryConfig } from '../scan/repository-config.ts';
import { scanRules } from '../scan/scan-rules.ts';
import type { StoredFinding } from './finding-columns.ts';
import { findingContext } from './finding-context.ts';
import type { FindingPages } from './finding-pages.ts';
import { storedKeys } from './known-keys.ts';
import { purgeSteps } from './purge-steps.ts';
import type { RepoRow } from './repo-rows.ts';
import { chooseRules } from './scan-request.ts';

export interface DetailDeps {
  db: DatabaseSync;
  keys: Pick<KeyService, 'forScanner'>;
  settings: () => Settings;
  scrubber: Pick<Scrubber, 'text'>;
  rules: () => readonly Rule[];
  userConfig: string | null;
  pages: FindingPages;
  repo: (id: string) => RepoRow | undefined;
}

/** A person waits: a history of a million commits or a keychain that hangs costs a part of the answer, not the answer. */
const PATIENCE_MS = 4000;
const KEYS_MS = 1000;
/** One content is matched on the main thread here. */
const RULE_MS = 20;
const ALSO_IN = 100;

/** Rejects with `NOT_FOUND` when the finding is gone. */
export function createFindingDetail(deps: DetailDeps): (id: number) => Promise<FindingDetail> {
  let built: { of: string; matcher: Matcher } | null = null;

  /** All rules there are, also those that are off: for masking, more is better. */
  const matcherFor = async (repo: Repository, signal: AbortSignal): Promise<Matcher> => {
    const [choice, { config }, held] = await Promise.all([
      chooseRules(deps),
      repositoryConfig(repo, signal),
      Promise.race([deps.keys.forScanner(), noKeysAfter(KEYS_MS)]),
    ]);
    const enable = deps
      .rules()
      .filter(({ enabled }) => enabled === false)
      .map(({ id }) => id);
    // What a file that is not the user's switches off is matched all the same; so what the user's own does must be, too.
    const own = choice.configs.map((one) => ({ ...one, from: 'repository' as const }));
    const all = { enable, disable: [], configs: [...own, ...(config ? [config] : [])] };
    const of = JSON.stringify([all, held.keys.map(({ fingerprint }) => fingerprint)]);
    if (built?.of !== of)
      built = { of, matcher: createMatcher(scanRules(all).set, held.keys, { budgetMs: RULE_MS }) };
    return built.matcher;
  };

  const look = async (stored: StoredFinding, row: RepoRow) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const repo = await openRepository(row.path, { trusted: row.trusted, signal });
    const [matcher, refs] = await Promise.all([matcherFor(repo, signal), refsOf(repo, stored, signal)]);
    return {
      // Those that the scan has told are masked already.
      refs: refs.map((name) => maskText(name, matcher)),
      context: await findingContext(stored, { repo, matcher, scrubber: deps.scrubber, signal }),
    };
  };

  return async (id) => {
    const found = deps.pages.find(id);
    const repo = found && deps.repo(found.stored.repoId);
    if (!found || !repo)
      throw new AppError(
        'NOT_FOUND',
        'This finding is not there any more: the repository was scanned again.',
      );
    const { row, stored } = found;
    const { refs, context } = await look(stored, repo).catch((error: unknown) => ({
      refs: stored.refs,
      context: { lines: [], problem: problemOf(error) },
    }));
    const key = stored.keyFingerprint === null ? null : storedKeys(deps.db).get(stored.keyFingerprint);
    return {
      row,
      description: stored.description,
      column: stored.column,
      oid: stored.oid,
      email: stored.email,
      fingerprint: stored.fingerprint,
      refs,
      context,
      alsoIn: alsoIn(deps.db, stored),
      keyUse: key ? { uses: key.uses, lastUsedAt: key.lastUsedAt } : null,
      steps: {
        revoke: deps.rules().find((rule) => rule.id === stored.rule)?.revoke ?? null,
        purge: purgeSteps(stored, repo.path),
      },
    };
  };
}

async function refsOf(repo: Repository, { commit, refs }: StoredFinding, signal: AbortSignal) {
  if (commit === null || refs.length > 0) return refs;
  const holding = await refsHolding(repo, [commit], { signal }).catch(() => null);
  return holding?.get(commit) ?? [];
}

function alsoIn(db: DatabaseSync, { id, repoId, fingerprint, path }: StoredFinding): FindingDetail['alsoIn'] {
  const rows = reading(db, () =>
    db
      .prepare(
        `SELECT path, line, commit_oid FROM findings
         WHERE repo_id = ? AND fingerprint = ? AND id <> ? AND path <> ? ORDER BY path, line LIMIT ?`,
      )
      .all(repoId, fingerprint, id, path, ALSO_IN),
  );
  return rows.map((row) => ({
    path: row.path as string,
    line: row.line as number,
    commit: row.commit_oid as string | null,
  }));
}

async function noKeysAfter(ms: number): Promise<{ keys: (KnownKey & { fingerprint: string })[] }> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref());
  return { keys: [] };
}

function problemOf(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : 'The repository could not be read in time, so the lines are not shown. Try again.';
}
