// Where the contents with hits stand in history, and which refs hold the commits. The walks are made for new hits only:
// for the others the cache knows, as long as no ref has moved since.
import { locate } from '../git/locate.ts';
import { refsHolding } from '../git/refs-holding.ts';
import type { Repository } from '../git/repository.ts';
import type { ScanCache, StoredPlaces } from './cache.ts';
import { historyState } from './history-state.ts';
import type { NameMask } from './name-mask.ts';
import type { StoredLocation } from './sightings.ts';

export interface WhereaboutsOptions {
  cache: ScanCache;
  /** Packed ids of all commits. */
  commits: Uint8Array;
  /** Object id of a commit; then nothing is kept, since only a part of history was walked. */
  since: string | null;
  mask: NameMask;
  signal: AbortSignal;
}

/** Commits whose refs are told; a report with more of them is read by a machine. */
const MOST_COMMITS = 620;

export class Whereabouts {
  #repo: Repository;
  #options: WhereaboutsOptions;
  #known: StoredPlaces | null = null;
  #changed = false;
  #complete = true;

  constructor(repo: Repository, options: WhereaboutsOptions) {
    this.#repo = repo;
    this.#options = options;
  }

  /** By content id. */
  async locate(ids: readonly string[]): Promise<Map<string, StoredLocation>> {
    const located = new Map<string, StoredLocation>();
    if (ids.length === 0) return located;
    const { byId } = await this.#stored();
    const unknown = ids.filter((id) => !Object.hasOwn(byId, id));
    if (unknown.length > 0) {
      const { commits, since, mask, signal } = this.#options;
      const { objects, complete } = await locate(this.#repo, unknown, { commits, since, signal });
      this.#complete = complete;
      this.#changed = true;
      for (const [id, { reached, places }] of objects)
        byId[id] = {
          reached,
          places: places.map(({ shown, commit, author, email, at }) => ({
            path: mask(shown),
            commit,
            author: mask(author),
            email: mask(email),
            at,
          })),
        };
    }
    for (const id of ids) {
      const location = byId[id];
      if (location) located.set(id, location);
    }
    return located;
  }

  /** Short names of refs by commit, shortest first; of the first few hundred commits. */
  async refsOf(commits: Iterable<string>): Promise<Map<string, string[]>> {
    const wanted = [...new Set(commits)].slice(0, MOST_COMMITS);
    if (wanted.length === 0) return new Map();
    const { holding } = await this.#stored();
    const unknown = wanted.filter((commit) => !Object.hasOwn(holding, commit));
    if (unknown.length > 0) {
      this.#changed = true;
      const found = await refsHolding(this.#repo, unknown, { signal: this.#options.signal });
      for (const [commit, refs] of found) holding[commit] = refs.map(this.#options.mask);
    }
    return new Map(wanted.map((commit) => [commit, holding[commit] ?? []]));
  }

  /** Keeps for the next scan what was walked for now. */
  save(): void {
    const { cache, since } = this.#options;
    if (this.#known && this.#changed && this.#complete && since === null) cache.setPlaces(this.#known);
  }

  async #stored(): Promise<StoredPlaces> {
    if (this.#known) return this.#known;
    const { cache, commits, since, signal } = this.#options;
    const refs =
      since === null ? await historyState(this.#repo, commits.length / this.#repo.oidBytes, signal) : '';
    const known = since === null && cache.places?.refs === refs ? cache.places : null;
    this.#known = known ?? { refs, byId: {}, holding: {} };
    return this.#known;
  }
}
