// One digest of everything that names commits. While it stays the same, what was found about places stays true.
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { listRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';

/** Hex. `commits`: how many there are, reachable or not. */
export async function historyState(repo: Repository, commits: number, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const feed = (...parts: (string | number | bigint)[]) => hash.update(`${parts.join(' ')}\n`);
  feed(commits, repo.head?.oid ?? '', String(repo.shallow));
  for (const { oid, name } of await listRefs(repo, [], { signal })) feed(oid, name);
  // Reflogs, of linked worktrees as well: a commit that only they name is labelled as such.
  for (const folder of new Set([repo.gitDir, repo.commonDir]))
    for (const part of ['logs', 'worktrees']) feedFolder(path.join(folder, part), feed);
  return hash.digest('hex');
}

function feedFolder(folder: string, feed: (...parts: (string | bigint)[]) => void): void {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  } catch {
    return;
  }
  for (const name of names) {
    const stat = statSync(path.join(folder, name), { bigint: true, throwIfNoEntry: false });
    if (stat?.isFile()) feed(name, stat.size, stat.mtimeNs);
  }
}
