import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readBlob } from '../../../../../main/core/scanner/git/read-blob.ts';
import { openRepository } from '../../../../../main/core/scanner/git/repository.ts';
import { createRepo, type GitRepo, type RepoOptions } from '../../../../support/git-repo.ts';
import { blobTexts, listed, open, read } from './contents.ts';

const repos: GitRepo[] = [];
function repo(options?: RepoOptions): GitRepo {
  const made = createRepo(options);
  repos.push(made);
  return made;
}
afterEach(() => {
  for (const made of repos.splice(0)) made.remove();
});

/** As git computes it. */
const oidOf = (content: Buffer) =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

const blobsOf = (all: Map<string, { type: string }>) =>
  [...all].filter(([, { type }]) => type === 'blob').map(([oid]) => oid);

/** Commits of files with content that does not compress. */
function fill(made: GitRepo, files: number, bytes: number): void {
  for (let index = 0; index < files; index++) made.write(`f${index}`, randomBytes(bytes));
  made.commit(`${files} files`);
}

describe('listing and reading', () => {
  it.each(['sha1', 'sha256'] as const)(
    'gives every object with its type, size and exact bytes: %s',
    async (objectFormat) => {
      const made = repo({ objectFormat });
      const odd = Buffer.from([0, 10, 13, 255, 0x0a, 0x0a]);
      made.write('empty', '');
      made.write('odd', odd);
      made.write('text', 'no newline at the end');
      const commit = made.commit('message');
      made.git('tag', '-a', 'v1', '-m', 'words of a tag');
      made.git('notes', 'add', '-m', 'words of a note');
      const opened = await open(made);
      const all = await listed(opened);
      const { contents, types, missing, unreadable } = await read(opened, all.keys());
      expect([missing, unreadable]).toEqual([[], []]);
      for (const [oid, { type, size }] of all) {
        expect(types.get(oid)).toBe(type);
        expect(contents.get(oid)).toHaveLength(size);
      }
      expect([...contents.values()].filter((content) => content.equals(odd))).toHaveLength(1);
      expect(contents.get(commit)?.toString()).toContain('\n\nmessage\n');
      const words = [...contents.values()].map(String).join();
      for (const said of ['words of a tag', 'words of a note', 'no newline at the end'])
        expect(words).toContain(said);
      if (objectFormat === 'sha1')
        for (const oid of blobsOf(all)) expect(oidOf(contents.get(oid)!)).toBe(oid);
    },
  );

  it('also of what no ref holds any more, what was staged once, and what a merge brought', async () => {
    const made = repo();
    made.write('a', 'base');
    made.commit('base');
    made.write('staged', 'staged once');
    made.git('add', 'staged');
    made.git('rm', '-q', '--cached', 'staged');
    rmSync(path.join(made.path, 'staged'));
    made.write('lost', 'in a lost commit');
    made.commit('lost');
    made.git('reset', '-q', '--hard', 'HEAD~1');
    made.git('checkout', '-q', '-b', 'side');
    made.write('side', 'side');
    made.commit('side');
    made.git('checkout', '-q', 'main');
    made.write('main', 'main');
    made.commit('main');
    made.git('merge', '-q', '--no-commit', 'side');
    made.write('evil', 'born in the merge');
    made.commit('merge');
    expect(await blobTexts(await open(made))).toEqual(
      ['base', 'born in the merge', 'in a lost commit', 'main', 'side', 'staged once'].sort(),
    );
  });

  it('of alternates, linked worktrees and bare repositories', async () => {
    const origin = repo();
    origin.write('a', 'of the origin');
    origin.commit('one');
    const at = (name: string) => path.join(origin.around, name);
    origin.run(['clone', '-q', '--shared', '--no-checkout', origin.path, at('shared')]);
    origin.run(['clone', '-q', '--bare', origin.path, at('bare')]);
    origin.git('worktree', 'add', '-q', '-b', 'x', at('tree'));
    expect(readdirSync(path.join(at('shared'), '.git', 'objects')).sort()).toEqual(['info', 'pack']);
    for (const name of ['shared', 'bare', 'tree'])
      expect(await blobTexts(await openRepository(at(name))), name).toEqual(['of the origin']);
  });

  it('of contents larger than a pipe, in pieces and with a buffer that is used again', async () => {
    const made = repo();
    const sizes = [10, 70_000, 65_536, 65_535, 3 << 20, 1, 200_000];
    const contents = sizes.map((size) => randomBytes(size));
    for (const [index, content] of contents.entries()) made.write(`f${index}`, content);
    made.commit('large');
    const opened = await open(made);
    const result = await read(opened, contents.map(oidOf));
    for (const content of contents) expect(result.contents.get(oidOf(content))?.equals(content)).toBe(true);
  });

  it('waits for a handler that asks for it, with one content at a time', async () => {
    const made = repo();
    fill(made, 30, 100_000);
    const opened = await open(made);
    const blobs = blobsOf(await listed(opened));
    let active = 0;
    let sound = 0;
    await read(opened, blobs, {
      async onObject(oid, _type, content) {
        expect(++active).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (oidOf(Buffer.from(content)) === oid) sound++;
        active--;
      },
    });
    expect(sound).toBe(30);
  });

  it('passes over what is larger than asked for, without keeping it', async () => {
    const made = repo();
    made.write('huge', Buffer.alloc(40 << 20, 'a'));
    made.write('small', 'small');
    made.commit('huge');
    const opened = await open(made);
    const blobs = blobsOf(await listed(opened));
    const before = process.memoryUsage().arrayBuffers;
    const result = await read(opened, blobs, { maxBytes: 1 << 20 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 << 20);
    expect(result.tooBig).toHaveLength(1);
    expect([...result.contents.values()].map(String)).toEqual(['small']);
    await expect(readBlob(opened, result.tooBig[0]!, { maxBytes: 1 << 20 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('too large'),
    });
  });

  it('ends with the signal, and with what a handler throws', async () => {
    const made = repo();
    fill(made, 50, 100_000);
    const opened = await open(made);
    const blobs = blobsOf(await listed(opened));
    const stop = new AbortController();
    const before = performance.now();
    await expect(
      read(opened, blobs, { signal: stop.signal, onObject: () => stop.abort(new Error('stopped')) }),
    ).rejects.toThrow('stopped');
    const fail = (message: string) => () => {
      throw new Error(message);
    };
    await expect(read(opened, blobs, { onObject: fail('of the handler') })).rejects.toThrow('of the handler');
    await expect(read(opened, blobs, { onObject: async () => fail('later')() })).rejects.toThrow('later');
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe('a repository that is not as it should be', () => {
  it('has missing objects: each is told once, the others are read', async () => {
    const made = repo();
    fill(made, 5, 100);
    const opened = await open(made);
    const blobs = blobsOf(await listed(opened));
    const gone = ['1', '2'].map((digit) => digit.repeat(40));
    const result = await read(opened, [gone[0]!, ...blobs, gone[1]!]);
    expect(result.missing).toEqual(gone);
    expect(result.contents.size).toBe(5);
    await expect(readBlob(opened, gone[0]!)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is a partial clone: its promised blobs are missing, and nothing is fetched', async () => {
    const origin = repo();
    origin.write('a', 'promised');
    origin.commit('one');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clone = path.join(origin.around, 'partial');
    origin.run(['clone', '-q', '--bare', '--filter=blob:none', `file://${origin.path}`, clone]);
    const opened = await openRepository(clone);
    const blob = origin.git('rev-parse', 'HEAD:a');
    expect(blobsOf(await listed(opened))).toEqual([]);
    expect((await read(opened, [blob])).missing).toEqual([blob]);
    expect(blobsOf(await listed(opened))).toEqual([]);
  });

  it('is damaged: git dies at each bad object, all others are read', async () => {
    const made = repo();
    fill(made, 40, 20_000);
    made.git('repack', '-adq');
    const opened = await open(made);
    const blobs = blobsOf(await listed(opened));
    const pack = path.join(
      made.gitDir,
      'objects',
      'pack',
      readdirSync(path.join(made.gitDir, 'objects', 'pack')).find((name) => name.endsWith('.pack'))!,
    );
    execFileSync('chmod', ['u+w', pack]);
    const fd = openSync(pack, 'r+');
    const { size } = statSync(pack);
    for (const share of [0.3, 0.6]) writeSync(fd, randomBytes(64), 0, 64, Math.floor(size * share));
    closeSync(fd);
    const result = await read(opened, blobs);
    expect(result.unreadable.length).toBeGreaterThanOrEqual(1);
    expect(result.unreadable.length).toBeLessThanOrEqual(4);
    expect(result.missing).toEqual([]);
    expect(result.contents.size + result.unreadable.length).toBe(40);
    for (const [oid, content] of result.contents) expect(oidOf(content)).toBe(oid);
    await expect(readBlob(opened, result.unreadable[0]!)).rejects.toMatchObject({
      message: expect.stringContaining('damaged'),
    });
  });

  it('is repacked while it is read: what moved is found', async () => {
    const made = repo();
    fill(made, 60, 40_000);
    const opened = await open(made);
    const blobs = blobsOf(await listed(opened));
    let seen = 0;
    const contents = new Set<string>();
    const result = await read(opened, blobs, {
      onObject(oid, _type, content) {
        if (++seen === 5) {
          made.git('repack', '-adq');
          made.git('prune-packed');
        }
        if (oidOf(Buffer.from(content)) === oid) contents.add(oid);
      },
    });
    expect([result.missing, result.unreadable]).toEqual([[], []]);
    expect(contents.size).toBe(60);
  });

  it('holds a pipe where an object should be: the others are read after git was killed', async () => {
    const made = repo();
    fill(made, 3, 100);
    const opened = await open(made);
    const blobs = blobsOf(await listed(opened));
    const [first = ''] = blobs;
    const file = path.join(made.gitDir, 'objects', first.slice(0, 2), first.slice(2));
    rmSync(file);
    execFileSync('mkfifo', [file]);
    const result = await read(opened, blobs, { stallMs: 300 });
    expect(result.unreadable).toEqual([first]);
    expect(result.contents.size).toBe(2);
  });

  it('cannot be read at all: that is an error, and no object is blamed', async () => {
    const made = repo();
    fill(made, 3, 100);
    const opened = await open(made);
    const blobs = blobsOf(await listed(opened));
    made.git('config', 'core.repositoryformatversion', '99');
    await expect(read(opened, blobs)).rejects.toMatchObject({ code: 'SCAN_FAILED' });
  });
});
