// Is a repository still there, and whose is it? Asked of the disk now and then, since both change behind our back.
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Repo } from '../../../../preload/contract/scanner.ts';
import type { RepoRow } from './repo-rows.ts';

export class RepoHealth {
  #states = new Map<string, Repo['state']>();

  /** As far as is known; `ok` before the first look. */
  stateOf(id: string): Repo['state'] {
    return this.#states.get(id) ?? 'ok';
  }

  /** Looks at these. True when something has changed. */
  async look(rows: readonly RepoRow[]): Promise<boolean> {
    const changed = await Promise.all(rows.map((row) => this.#lookAt(row)));
    return changed.includes(true);
  }

  set(id: string, state: Repo['state']): void {
    this.#states.set(id, state);
  }

  forget(id: string): void {
    this.#states.delete(id);
  }

  async #lookAt(row: RepoRow): Promise<boolean> {
    const before = this.stateOf(row.id);
    const now = await examine(row);
    this.#states.set(row.id, now);
    return before !== now;
  }
}

async function examine({ path: folder, trusted }: RepoRow): Promise<Repo['state']> {
  try {
    const owners = [(await fs.stat(folder)).uid];
    // Git looks at both, since whoever owns either can change what it does.
    const inner = await fs.lstat(path.join(folder, '.git')).catch(() => null);
    if (inner) owners.push(inner.uid);
    const self = process.getuid?.();
    return trusted || self === undefined || owners.every((uid) => uid === self) ? 'ok' : 'foreign';
  } catch {
    return 'gone';
  }
}
