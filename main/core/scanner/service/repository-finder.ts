// Where repositories are, as cheaply as can be told without running git.
import fs from 'node:fs/promises';
import path from 'node:path';
import type { RepositoryFinder } from './add-repositories.ts';
import { looksLikeRepository } from './browse-folder.ts';

export const repositoryFinder: RepositoryFinder = {
  async topOf(folder) {
    for (let at = folder; ; at = path.dirname(at)) {
      if (await looksLikeRepository(at)) return at;
      if (path.dirname(at) === at) return null;
    }
  },
  async below(folder) {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    const paths: string[] = [];
    for (const entry of entries)
      if (entry.isDirectory() && (await looksLikeRepository(path.join(folder, entry.name))))
        paths.push(path.join(folder, entry.name));
    return { paths, cut: false };
  },
};
