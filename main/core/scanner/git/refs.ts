// Names for commits: branches, tags and notes.
import { CHECK_FORMAT, REF_FORMAT, REF_NAME_FORMAT } from './allowed-commands.ts';
import { type GitPlace, runGit, startGit, streamGit } from './recipe.ts';

export interface Ref {
  /** Full: `refs/heads/main`. */
  name: string;
  oid: string;
  /** What it points at: `commit`, `tag`, rarely another type. */
  type: string;
  /** The commit, for an annotated tag too. */
  target: string;
}

interface SignalOption {
  signal?: AbortSignal | undefined;
}

/** All refs, or those under the given names, but for those whose object is lost. */
export async function listRefs(
  repo: GitPlace,
  under: readonly string[] = [],
  options: SignalOption = {},
): Promise<Ref[]> {
  const chunks: Buffer[] = [];
  const end = await streamGit(repo, 'for-each-ref', [REF_FORMAT, ...under], options, (chunk) =>
    chunks.push(chunk),
  );
  if (end.code !== 0) return withoutLost(repo, await listRefNames(repo, under, options), options);
  return Buffer.concat(chunks)
    .toString()
    .split('\n')
    .flatMap((line) => {
      const [, type, oid, target, name] = /^(\w+) ([0-9a-f]+) ([0-9a-f]*) (.+)$/.exec(line) ?? [];
      return type && oid && name ? [{ type, oid, name, target: target || oid }] : [];
    });
}

/** Names and what they point at, whether it is there or not. */
export async function listRefNames(
  repo: GitPlace,
  under: readonly string[] = [],
  options: SignalOption = {},
): Promise<Pick<Ref, 'name' | 'oid'>[]> {
  const text = (await runGit(repo, 'for-each-ref', [REF_NAME_FORMAT, ...under], options)).toString();
  return text.split('\n').flatMap((line) => {
    const [, oid, name] = /^([0-9a-f]+) (.+)$/.exec(line) ?? [];
    return oid && name ? [{ oid, name }] : [];
  });
}

/** `for-each-ref` dies at the first lost object; `cat-file` answers for each. */
async function withoutLost(
  repo: GitPlace,
  refs: readonly Pick<Ref, 'name' | 'oid'>[],
  { signal }: SignalOption,
): Promise<Ref[]> {
  const git = await startGit(repo, 'cat-file', [CHECK_FORMAT], { signal, input: true });
  let said = '';
  git.stdout.setEncoding('latin1').on('data', (text: string) => {
    said += text;
  });
  git.stdin?.end(refs.map(({ oid }) => `${oid}^{}\n`).join(''));
  await git.end;
  signal?.throwIfAborted();
  const answers = said.split('\n');
  return refs.flatMap(({ oid, name }, index) => {
    const [, target, type] = /^([0-9a-f]{40,64}) (\w+) \d+$/.exec(answers[index] ?? '') ?? [];
    return target && type ? [{ name, oid, target, type: target === oid ? type : 'tag' }] : [];
  });
}
