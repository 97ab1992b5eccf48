// What the batches of a scan add up to: exact counts, the contents with hits, and the cache.
import type { ScanCounts } from '../model.ts';
import type { ScanCache } from './cache.ts';
import type { ContentHits } from './hit.ts';
import type { Batch } from './worker-protocol.ts';

/** Hits that are kept; a repository with more of them was made to fill memories. */
const MOST_HITS = 100_000;

export class Collector {
  readonly counts: ScanCounts = {
    scanned: 0,
    scannedBytes: 0,
    cached: 0,
    tooBig: 0,
    binary: 0,
    missing: 0,
    unreadable: 0,
    timedOut: 0,
    files: 0,
    notFollowed: 0,
    commits: 0,
  };
  /** By content id. */
  readonly found = new Map<string, ContentHits>();
  hits = 0;
  /** There were more hits than are kept. */
  cut = false;
  #cache: ScanCache;

  constructor(cache: ScanCache) {
    this.#cache = cache;
  }

  /** Gives the contents that are new. */
  take({ ids, flags, found, counts }: Batch): readonly ContentHits[] {
    const { settled: _, bytes: __, ...known } = counts;
    this.count(known);
    // What is not kept here must not count as known next time.
    const kept = this.#keep(found);
    if (kept.length === found.length) this.#cache.add({ ids, flags, found });
    return kept;
  }

  /** Contents that the cache knows, by their ids. */
  takeCached(ids: readonly string[]): readonly ContentHits[] {
    return this.#keep(ids.flatMap((id) => this.#cache.foundIn(id) ?? []));
  }

  count(more: Partial<ScanCounts>): void {
    for (const [name, value] of Object.entries(more)) this.counts[name as keyof ScanCounts] += value;
  }

  #keep(found: readonly ContentHits[]): readonly ContentHits[] {
    return found.filter((content) => {
      if (this.hits + content.hits.length > MOST_HITS) {
        this.cut = true;
        return false;
      }
      this.hits += content.hits.length;
      this.found.set(content.id, content);
      return true;
    });
  }
}
