// A repository of a given size, the same on every machine: files of source-like text that change a little in each
// commit, written through `git fast-import`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const WORDS =
  'const let return function import export from await async class extends new this if else for while switch case break error request response header body token value index length path config option result stream buffer event message string number boolean null undefined'.split(
    ' ',
  );

/** Deterministic: xorshift32. */
function random(seed: number): () => number {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 0x100000000;
  };
}

export interface SyntheticOptions {
  /** Neither compressed nor packed again: made in a moment, as large on disk as its blobs. */
  raw?: boolean;
}

/** Fills `folder` with a bare repository whose blobs hold about `megabytes` MB in all. */
export async function writeSyntheticRepo(
  folder: string,
  megabytes: number,
  { raw = false }: SyntheticOptions = {},
): Promise<void> {
  if (spawnSync('git', ['init', '-q', '--bare', folder]).status !== 0)
    throw new Error('git is needed to make the synthetic repository.');
  const how = raw ? ['-c', 'core.compression=0', '-c', 'pack.compression=0'] : [];
  const child = spawn(
    'git',
    ['-C', folder, ...how, 'fast-import', '--quiet', raw ? '--depth=0' : '--depth=50'],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const next = random(20_260_821);
  const word = () => WORDS[Math.floor(next() * WORDS.length)] ?? '';
  const line = () => `${'  '.repeat(Math.floor(next() * 4))}${Array.from({ length: 8 }, word).join(' ')};\n`;
  const files = Array.from({ length: 400 }, () => Array.from({ length: 400 }, line));
  const wanted = megabytes * 1e6;
  let bytes = 0;
  for (let commit = 0; bytes < wanted; commit++) {
    const message = `change ${commit}`;
    const parts = [
      `commit refs/heads/main\ncommitter Bench <bench@example.org> ${1_700_000_000 + commit * 60} +0000\n`,
      `data ${message.length}\n${message}\n`,
    ];
    for (let change = 0; change < 4; change++) {
      const at = Math.floor(next() * files.length);
      const file = files[at] ?? [];
      for (let edit = 0; edit < 5; edit++) file[Math.floor(next() * file.length)] = line();
      const text = file.join('');
      bytes += text.length;
      parts.push(`M 100644 inline src/file-${at}.ts\ndata ${text.length}\n${text}\n`);
    }
    if (!child.stdin.write(parts.join(''))) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error('git fast-import could not write the synthetic repository.');
  if (!raw) spawnSync('git', ['-C', folder, 'repack', '-adq']);
}
