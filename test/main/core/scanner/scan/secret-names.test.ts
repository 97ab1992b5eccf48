// Keys where names stand: of files, folders, branches, tags, people, settings. A finding may tell of them, but not them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ScanMessage } from '../../../../../main/core/scanner/model.ts';
import { startScan } from '../../../../../main/core/scanner/scan/start-scan.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { anthropicKey, scanRequest } from '../../../../support/scanning.ts';

let git: GitRepo;
beforeEach(() => {
  git = createRepo();
});
afterEach(() => git.remove());

/** More than a mask and the known beginning of the format show. */
const TOO_MUCH = 24;

const parts = (secret: string): string[] =>
  Array.from({ length: secret.length - TOO_MUCH + 1 }, (_, at) => secret.slice(at, at + TOO_MUCH));

async function everythingSaid(
  cacheDir: string,
  known: string,
): Promise<{ text: string; last: ScanMessage | undefined }> {
  const { messages } = startScan(
    scanRequest(git.path, {
      cacheDir,
      knownKeys: [{ id: 'one', name: 'work', secret: known, forms: [known] }],
    }),
  );
  let text = '';
  let last: ScanMessage | undefined;
  for await (const message of messages) {
    text += JSON.stringify(message);
    last = message;
  }
  for (const file of readdirSync(cacheDir)) text += file + readFileSync(path.join(cacheDir, file), 'latin1');
  return { text, last };
}

it('are in no message of a scan and not in its cache', async () => {
  const secrets: string[] = [];
  const key = () => {
    secrets.push(anthropicKey(100 + secrets.length));
    return secrets.at(-1)!;
  };
  const known = `in-no-format-${'7q'.repeat(12)}`;
  const named = key();
  git.write(`${named}.txt`, named);
  git.write(`a/${key()}/b.txt`, `key = ${key()}`);
  git.write(`${known}/c.txt`, known);
  git.write(
    '.keybench.toml',
    [
      `"${key()}" = 1`,
      `[${key()}]`,
      '[scan]',
      `disable = ["${key()}"]`,
      `max_blob = "${key()}"`,
      '[[rules]]',
      `id = "${key()}"`,
      '[[rules]]',
      'id = "numbers"',
      'anchors = ["number"]',
      "pattern = 'number-[0-9]{8}'",
      `provider = "${known}"`,
      `description = "${key()}"`,
      `[[allow]]\nrules = ["${key()}"]\nstop_words = ["some"]`,
    ].join('\n'),
  );
  git.write('number.txt', 'number-73195284');
  git.commit(`message ${key()}`, { author: key(), email: key() });
  git.git('branch', key());
  git.git('tag', '-a', '-m', `tag ${key()}`, key());
  git.git('checkout', '-q', '-b', key());
  git.git('update-index', '--add', '--cacheinfo', `160000,${git.git('rev-parse', 'HEAD')},${key()}`);
  const nested = path.join(git.path, key());
  mkdirSync(nested);
  git.run(['init', '-q'], { cwd: nested });
  writeFileSync(path.join(nested, 'file'), 'text');
  git.run(['add', 'file'], { cwd: nested });
  git.run(['commit', '-qm', 'nested'], { cwd: nested });

  const { text, last } = await everythingSaid(path.join(git.around, 'cache'), known);
  expect(last?.k).toBe('done');
  for (const secret of [...secrets, known])
    expect(parts(secret).filter((part) => text.includes(part))).toEqual([]);
  // They were there to be said.
  expect(text.split('sk-a··').length).toBeGreaterThan(10);
});

it('are not repeated by the sentence of a scan that fails', async () => {
  const secret = anthropicKey(300);
  const { messages } = startScan(scanRequest(git.path, { path: path.join(git.path, secret) }));
  const said: ScanMessage[] = [];
  for await (const message of messages) said.push(message);
  expect(said.at(-1)).toMatchObject({ k: 'failed', message: expect.stringContaining('sk-a··') });
  expect(parts(secret).filter((part) => JSON.stringify(said).includes(part))).toEqual([]);
});
