// What the tests of places ask: repositories of their own, and where one object stands.
import { afterEach } from 'vitest';
import { type LocateOptions, locate } from '../../../../../main/core/scanner/git/locate.ts';
import type { Repository } from '../../../../../main/core/scanner/git/repository.ts';
import { createRepo, type GitRepo, type RepoOptions } from '../../../../support/git-repo.ts';

const repos: GitRepo[] = [];
/** Gone after the test. */
export function repo(options?: RepoOptions): GitRepo {
  const made = createRepo(options);
  repos.push(made);
  return made;
}
afterEach(() => {
  for (const made of repos.splice(0)) made.remove();
});

export const oidOf = (made: GitRepo, text: string) =>
  made.run(['hash-object', '--stdin'], { input: text }).toString().trim();

/** `reached` and `path author` of the places of one object. */
export async function placeOf(opened: Repository, oid: string, options?: LocateOptions) {
  const { reached, places } = (await locate(opened, [oid], options)).objects.get(oid)!;
  return { reached, places: places.map(({ shown, commit }) => `${shown} ${commit}`) };
}
