// From which branches and tags can a commit be reached? `for-each-ref --contains` walks the history once per ref (over
// 30 s for git's own repository with its 3,000 refs); here it is read once, for any number of commits.
import { streamGit } from './recipe.ts';
import { listRefs } from './refs.ts';
import type { Repository } from './repository.ts';

const NEWLINE = 10;
/** Bits of a number: this many commits are followed at once. */
const AT_ONCE = 31;

/**
 * For each commit the refs that hold it, as people say them (`main`, `origin/main`, `v1.0`): shortest first, at most
 * `max`. A commit that no ref holds has an empty list.
 */
export async function refsHolding(
  repo: Repository,
  commits: readonly string[],
  { max = 20, signal }: { max?: number; signal?: AbortSignal | undefined } = {},
): Promise<Map<string, string[]>> {
  const wanted = [...new Set(commits)];
  const holding = new Map<string, string[]>(wanted.map((oid) => [oid, []]));
  if (wanted.length === 0) return holding;
  const [refs, history] = await Promise.all([listRefs(repo, [], { signal }), readHistory(repo, signal)]);
  const names = refs
    .map(({ name, target }) => ({ name: name.replace(/^refs\/(heads|tags|remotes)\//, ''), target }))
    .sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const group = wanted.slice(from, from + AT_ONCE);
    const reached = history.descendants(group);
    for (const { name, target } of names) {
      const mask = reached(target);
      for (let bit = 0; mask >>> bit > 0; bit++) {
        const list = holding.get(group[bit] ?? '');
        if ((mask >>> bit) & 1 && list && list.length < max) list.push(name);
      }
    }
  }
  return holding;
}

/** All commits that refs reach, parents before children, as numbers. */
class History {
  readonly #numbers = new Map<string, number>();
  /** Of each commit: how many parents, then their numbers. */
  #edges = new Int32Array(1 << 14);
  #length = 0;

  add(line: string): void {
    const [oid = '', ...parents] = line.split(' ');
    const known = parents.map((parent) => this.#numbers.get(parent)).filter((number) => number !== undefined);
    if (this.#length + known.length + 1 > this.#edges.length) {
      const larger = new Int32Array((this.#edges.length + known.length) * 2);
      larger.set(this.#edges);
      this.#edges = larger;
    }
    this.#numbers.set(oid, this.#numbers.size);
    this.#edges[this.#length++] = known.length;
    for (const number of known) this.#edges[this.#length++] = number;
  }

  /** For a commit: one bit for each of `group` that it is or comes after. */
  descendants(group: readonly string[]): (oid: string) => number {
    const masks = new Int32Array(this.#numbers.size);
    for (const [bit, oid] of group.entries()) {
      const number = this.#numbers.get(oid);
      if (number !== undefined) masks[number] = masks[number]! | (1 << bit);
    }
    for (let commit = 0, at = 0; commit < masks.length; commit++)
      for (let parents = this.#edges[at++]!; parents > 0; parents--)
        masks[commit] = masks[commit]! | masks[this.#edges[at++]!]!;
    return (oid) => masks[this.#numbers.get(oid) ?? -1] ?? 0;
  }
}

async function readHistory(repo: Repository, signal: AbortSignal | undefined): Promise<History> {
  const history = new History();
  let rest = '';
  const args = ['--topo-order', '--reverse', '--parents', '--all'];
  // With --reverse nothing is written before all has been walked.
  await streamGit(repo, 'rev-list', args, { signal, stallMs: 300_000 }, (chunk) => {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end === -1) {
      rest += chunk.toString('latin1');
      return;
    }
    for (const line of (rest + chunk.toString('latin1', 0, end)).split('\n')) history.add(line);
    rest = chunk.toString('latin1', end + 1);
  });
  // Damaged: what could be walked is told.
  return history;
}
