// The repository's own `.keybench.toml`: of the work tree, or of HEAD where there is none.
import { CHECK_FORMAT } from '../git/allowed-commands.ts';
import { readBlob } from '../git/read-blob.ts';
import { startGit } from '../git/recipe.ts';
import type { Repository } from '../git/repository.ts';
import { readFile } from '../git/work-tree.ts';
import type { RuleChoice } from '../model.ts';

type Config = RuleChoice['configs'][number];

const CONFIG_FILE = '.keybench.toml';
/** Nobody writes more by hand. */
const MAX_BYTES = 256 << 10;

/** `null`: there is none, or it cannot be read (then `problem` says why). */
export async function repositoryConfig(
  repo: Repository,
  signal: AbortSignal,
): Promise<{ config: Config | null; problem: string | null }> {
  const content = repo.workTree === null ? await ofHead(repo, signal) : await ofWorkTree(repo);
  if (content === 'too large')
    return {
      config: null,
      problem: `The repository's ${CONFIG_FILE} is larger than 256 KB and was not read; shorten it.`,
    };
  if (content === null) return { config: null, problem: null };
  return {
    config: { from: 'repository', path: CONFIG_FILE, text: Buffer.from(content).toString() },
    problem: null,
  };
}

async function ofWorkTree(repo: Repository): Promise<Uint8Array | 'too large' | null> {
  const file = await readFile(repo, Buffer.from(CONFIG_FILE), { maxBytes: MAX_BYTES });
  if (file.state === 'tooBig') return 'too large';
  return file.state === 'read' ? file.content : null;
}

async function ofHead(repo: Repository, signal: AbortSignal): Promise<Uint8Array | 'too large' | null> {
  if (repo.head === null) return null;
  const git = await startGit(repo, 'cat-file', [CHECK_FORMAT], { signal, input: true });
  git.stdin?.end(`${repo.head.oid}:${CONFIG_FILE}\n`);
  let said = '';
  git.stdout.setEncoding('latin1').on('data', (text: string) => {
    said += text;
  });
  await git.end;
  const [, oid, size] = /^([0-9a-f]+) blob (\d+)\n/.exec(said) ?? [];
  if (oid === undefined) return null;
  if (Number(size) > MAX_BYTES) return 'too large';
  return readBlob(repo, oid, { signal });
}
