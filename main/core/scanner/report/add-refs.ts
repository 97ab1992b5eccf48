// The branches and tags that hold each finding's commit: the history is walked once for all of them.
import { refsHolding } from '../git/refs-holding.ts';
import { openRepository } from '../git/repository.ts';
import type { ReportFinding } from './report.ts';

/** As they are when the repository cannot be read any more: a report without refs is better than none. */
export async function addRefs(
  findings: readonly ReportFinding[],
  repository: { path: string; trusted: boolean },
  signal: AbortSignal,
): Promise<readonly ReportFinding[]> {
  const commits = findings.flatMap(({ commit }) => commit ?? []);
  if (commits.length === 0) return findings;
  try {
    const repo = await openRepository(repository.path, { trusted: repository.trusted, signal });
    const holding = await refsHolding(repo, commits, { signal });
    return findings.map((one) =>
      one.commit === null ? one : { ...one, refs: holding.get(one.commit) ?? [] },
    );
  } catch {
    return findings;
  }
}
