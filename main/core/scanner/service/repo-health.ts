// Is a repository still there, and whose is it? Asked of the disk now and then, since both change behind our back.
import type { Repo } from '../../../../preload/contract/scanner.ts';
import type { RepoRow } from './repo-rows.ts';
import type { RepositoryFinder } from './repository-finder.ts';

export class RepoHealth {
  #finder: Pick<RepositoryFinder, 'isForeign'>;
  #states = new Map<string, Repo['state']>();
  constructor(finder: Pick<RepositoryFinder, 'isForeign'>) {
    this.#finder = finder;
  }

  /** As far as is known; `ok` before the first look. */
  stateOf(id: string): Repo['state'] {
    return this.#states.get(id) ?? 'ok';
  }

  /** Looks at these. True when something has changed. A few calls to the disk for each. */
  look(rows: readonly RepoRow[]): boolean {
    let changed = false;
    for (const row of rows) {
      const foreign = this.#finder.isForeign(row.path);
      const now = foreign === null ? 'gone' : foreign && !row.trusted ? 'foreign' : 'ok';
      if (this.stateOf(row.id) !== now) changed = true;
      this.#states.set(row.id, now);
    }
    return changed;
  }

  forget(id: string): void {
    this.#states.delete(id);
  }
}
