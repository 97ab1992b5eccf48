import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { listIndex, listStaged } from '../../../../../main/core/scanner/git/index-files.ts';
import { isSafePath, shownPath } from '../../../../../main/core/scanner/git/paths.ts';
import { listFiles, readFile } from '../../../../../main/core/scanner/git/work-tree.ts';
import { createRepo, type GitRepo, type RepoOptions } from '../../../../support/git-repo.ts';
import { open } from './contents.ts';

const repos: GitRepo[] = [];
function repo(options?: RepoOptions): GitRepo {
  const made = createRepo(options);
  repos.push(made);
  return made;
}
afterEach(() => {
  for (const made of repos.splice(0)) made.remove();
});

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('files of the work tree', () => {
  it('are tracked, untracked or ignored, and each stands once with its size', async () => {
    const made = repo();
    made.write('.gitignore', '.env\nbuild/\n');
    made.write('kept', 'kept');
    made.write('changed', 'before');
    made.write('deleted', 'x');
    made.commit('one');
    made.write('changed', 'afterwards');
    rmSync(path.join(made.path, 'deleted'));
    made.write('new/file', 'untracked');
    made.write('.env', 'ignored');
    made.write('build/out/log', 'ignored too');
    const { files, notFollowed, nested, cut } = await listFiles(await open(made));
    expect(files.map(({ path: name, kind, size }) => `${kind} ${name} ${size}`)).toEqual([
      'tracked .gitignore 12',
      'tracked changed 10',
      'tracked kept 4',
      'untracked new/file 9',
      'ignored .env 7',
      'ignored build/out/log 11',
    ]);
    expect(files.find(({ path: name }) => name.toString() === 'kept')?.oid).toBe(
      made.git('rev-parse', 'HEAD:kept'),
    );
    expect([notFollowed, nested, cut]).toEqual([[], [], false]);
  });

  it('whose paths are too long to be opened are counted', async () => {
    const made = repo();
    made.write('kept', 'kept');
    made.commit('one');
    const oid = made.git('rev-parse', 'HEAD:kept');
    const folder = 'd'.repeat(239);
    const deep = Array.from({ length: 17 }, () => folder).join('/');
    made.run(['update-index', '--add', '--index-info'], { input: `100644 ${oid}\t${deep}/tracked\n` });
    // Step by step, for the whole path could not be made either.
    const build = `const fs = require('node:fs');
      for (let depth = 0; depth < 17; depth++) { fs.mkdirSync('${folder}'); process.chdir('${folder}'); }
      fs.writeFileSync('tracked', 'x');
      fs.writeFileSync('untracked', 'x');`;
    execFileSync(process.execPath, ['-e', build], { cwd: made.path });
    try {
      const { files, unreadable } = await listFiles(await open(made));
      expect(files.map(({ path: name }) => latin(name))).toEqual(['kept']);
      expect(unreadable).toBeGreaterThanOrEqual(2);
    } finally {
      execFileSync('rm', ['-rf', path.join(made.path, folder)]);
    }
  });

  it('with odd names are found and read by their bytes', async () => {
    const made = repo();
    const names = ['new\nline', 'quo"te', 'caf\xe9', ' space ', 'tab\t', '-dash', ':colon', '*'];
    for (const [index, name] of names.entries()) {
      made.write(Buffer.from(name, 'latin1'), name);
      if (index % 2 === 0) made.run(['add', '-A']);
    }
    const opened = await open(made);
    const { files } = await listFiles(opened);
    expect(files.map(({ path: name }) => latin(name)).sort()).toEqual([...names].sort());
    for (const { path: name } of files) {
      const file = readFile(opened, name);
      expect(file.state === 'read' && Buffer.from(file.content).toString()).toBe(latin(name));
    }
  });

  it('that are repositories, links, pipes or gone are not read, and are named', async () => {
    const made = repo();
    made.write('a', 'a');
    made.write('folder/b', 'b');
    made.write('was-file', 'c');
    made.commit('one');
    mkdirSync(path.join(made.path, 'inner'));
    made.run(['init', '-q'], { cwd: path.join(made.path, 'inner') });
    made.write('inner/x', 'x');
    symlinkSync('/etc/passwd', path.join(made.path, 'link'));
    symlinkSync('nowhere', path.join(made.path, 'dangling'));
    rmSync(path.join(made.path, 'was-file'));
    execFileSync('mkfifo', [path.join(made.path, 'was-file')]);
    rmSync(path.join(made.path, 'folder'), { recursive: true });
    writeFileSync(path.join(made.path, 'folder'), 'now a file');
    const opened = await open(made);
    const { files, notFollowed, nested } = await listFiles(opened);
    expect(files.map(({ path: name }) => name.toString())).toEqual(['a', 'folder']);
    expect(notFollowed.map(String).sort()).toEqual(['dangling', 'link', 'was-file']);
    expect(nested.map(String)).toEqual(['inner/']);
    expect(readFile(opened, 'was-file')).toEqual({ state: 'notFollowed' });
    expect(readFile(opened, 'folder/b')).toEqual({ state: 'missing' });
    expect(readFile(opened, 'gone')).toEqual({ state: 'missing' });
    expect(readFile(opened, 'inner')).toEqual({ state: 'notFollowed' });
  });

  it('are listed up to a number, and it is said that there are more', async () => {
    const made = repo();
    for (let index = 0; index < 30; index++) made.write(`f${index}`, 'x');
    const opened = await open(made);
    const some = await listFiles(opened, { maxFiles: 10 });
    expect([some.files.length, some.cut]).toEqual([10, true]);
    const all = await listFiles(opened, { maxFiles: 30 });
    expect([all.files.length, all.cut]).toEqual([30, false]);
  });

  it('are read in whole, up to a size', async () => {
    const made = repo();
    const bytes = Buffer.from([0, 255, 10, 13]);
    made.write('bytes', bytes);
    made.write('empty', '');
    const opened = await open(made);
    expect(readFile(opened, 'bytes', { maxBytes: 4 })).toEqual({ state: 'read', content: bytes });
    expect(readFile(opened, 'bytes', { maxBytes: 3 })).toEqual({ state: 'tooBig' });
    expect(readFile(opened, 'empty')).toEqual({ state: 'read', content: Buffer.alloc(0) });
    const sparse = path.join(made.path, 'five-gigabytes');
    writeFileSync(sparse, '');
    truncateSync(sparse, 5 * 2 ** 30);
    expect(readFile(opened, 'five-gigabytes', { maxBytes: 1 << 20 })).toEqual({ state: 'tooBig' });
    linkSync(path.join(made.path, 'bytes'), path.join(made.path, 'hard'));
    expect(readFile(opened, 'hard').state).toBe('read');
  });

  it('that change or vanish while they are read are harmless', async () => {
    const made = repo();
    for (let index = 0; index < 20; index++) made.write(`f${index}`, 'x'.repeat(1000));
    const opened = await open(made);
    const { files } = await listFiles(opened);
    for (const [index, { path: name }] of files.entries()) {
      const file = path.join(made.path, name.toString());
      if (index % 4 === 0) rmSync(file);
      else if (index % 4 === 1) appendFileSync(file, 'more');
      else if (index % 4 === 2) truncateSync(file, 3);
      else {
        rmSync(file);
        symlinkSync('/etc/passwd', file);
      }
      const got = readFile(opened, name);
      expect(got.state).toBe(['missing', 'read', 'read', 'notFollowed'][index % 4]);
      if (got.state === 'read') expect(got.content).toHaveLength(index % 4 === 1 ? 1004 : 3);
    }
  });

  it('are none in a bare repository', async () => {
    const opened = await open(repo({ bare: true }));
    expect((await listFiles(opened)).files).toEqual([]);
    expect(readFile(opened, 'HEAD')).toEqual({ state: 'missing' });
  });
});

describe('the index', () => {
  it('gives what is staged against HEAD, also before the first commit and from a hook’s own index', async () => {
    const made = repo();
    made.write('a', 'first');
    made.git('add', 'a');
    const opened = await open(made);
    const staged = async (indexFile?: string) =>
      (await listStaged(opened, { indexFile })).map(
        ({ path: name, oid }) => `${name} ${made.git('cat-file', '-p', oid)}`,
      );
    expect(await staged()).toEqual(['a first']);
    made.commit('one');
    expect(await staged()).toEqual([]);
    made.write('a', 'second');
    made.write('new\nname', 'new');
    made.git('add', '-A');
    made.write('a', 'not staged');
    expect(await staged()).toEqual(['a second', 'new\nname new']);
    made.git('rm', '-q', '-f', '--cached', 'a');
    expect(await staged()).toEqual(['new\nname new']);
    const other = path.join(made.around, 'next-index');
    made.run(['add', 'a'], { env: { GIT_INDEX_FILE: other } });
    expect(await staged(other)).toEqual(['a not staged']);
  });

  it('lists modes, links, submodules and the sides of a conflict', async () => {
    const made = repo();
    made.write('a', 'base');
    const base = made.commit('base');
    made.git('checkout', '-q', '-b', 'side');
    made.write('a', 'theirs');
    made.commit('side');
    made.git('checkout', '-q', 'main');
    made.write('a', 'ours');
    made.commit('main');
    expect(() => made.git('merge', '-q', 'side')).toThrow();
    symlinkSync('a', path.join(made.path, 'link'));
    made.git('add', 'link');
    made.git('update-index', '--add', '--cacheinfo', `160000,${base},sub`);
    const opened = await open(made);
    expect(
      (await listIndex(opened)).map(({ mode, stage, path: name }) => `${mode.toString(8)} ${stage} ${name}`),
    ).toEqual(['100644 1 a', '100644 2 a', '100644 3 a', '120000 0 link', '160000 0 sub']);
    expect((await listFiles(opened)).files.map(({ path: name }) => name.toString())).toEqual(['a']);
    expect((await listStaged(opened)).map(({ path: name }) => name.toString())).toEqual(['link']);
  });
});

describe('paths', () => {
  it('are shown as UTF-8, with other bytes as \\xNN', () => {
    expect(shownPath(Buffer.from('ü/名.txt'))).toBe('ü/名.txt');
    expect(shownPath(Buffer.from('caf\xe9/ü', 'latin1'))).toBe('caf\\xe9/\\xfc');
    expect(shownPath(Buffer.concat([Buffer.from('ü'), Buffer.from([0xff, 0xe5, 0x90, 0x61])]))).toBe(
      'ü\\xff\\xe5\\x90a',
    );
    expect(shownPath(Buffer.from([0xed, 0xa0, 0x80, 0xc0, 0x80]))).toBe('\\xed\\xa0\\x80\\xc0\\x80');
  });

  it('that lead out of the work tree or into .git are not safe', () => {
    for (const name of ['a', 'a/b.c', '..a', 'a..', '.gitignore', 'x.git', ' '])
      expect(isSafePath(Buffer.from(name)), name).toBe(true);
    for (const name of [
      '',
      '/a',
      'a//b',
      'a/',
      './a',
      '../a',
      'a/../b',
      '.git',
      '.GIT/config',
      'a/.git/x',
      'a\0',
    ])
      expect(isSafePath(Buffer.from(name)), name).toBe(false);
    for (const name of ['a\\..\\b', 'c:x']) expect(isSafePath(Buffer.from(name), 'win32'), name).toBe(false);
  });
});
