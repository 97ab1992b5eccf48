import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../../../main/core/scanner/git/locate.ts';
import { packOids } from '../../../../../main/core/scanner/git/object-list.ts';
import { resolveRevision } from '../../../../../main/core/scanner/git/resolve-revision.ts';
import { listed, open } from './contents.ts';
import { oidOf, placeOf, repo } from './located.ts';

describe('places of contents', () => {
  it.each(['sha1', 'sha256'] as const)(
    'say path, oldest commit, author and date: %s',
    async (objectFormat) => {
      const made = repo({ objectFormat });
      const at = Date.UTC(2020, 1, 2, 3, 4, 5);
      made.write('dir/a.txt', 'content');
      const first = made.commit('first', { author: 'Zoë 名', email: 'zoe@example.org', at });
      made.write('dir/a.txt', 'other');
      made.commit('second');
      made.write('dir/a.txt', 'content');
      made.write('copy.txt', 'content');
      const third = made.commit('third');
      const opened = await open(made);
      const { objects, complete, commits } = await locate(
        opened,
        [oidOf(made, 'content')].map((oid) => oid),
      );
      expect([complete, commits]).toEqual([true, 3]);
      expect(first).toHaveLength(objectFormat === 'sha1' ? 40 : 64);
      const [located] = [...objects.values()];
      expect(located).toEqual({
        reached: 'history',
        places: [
          {
            path: Buffer.from('dir/a.txt'),
            shown: 'dir/a.txt',
            commit: first,
            author: 'Zoë 名',
            email: 'zoe@example.org',
            at,
          },
          expect.objectContaining({ shown: 'copy.txt', commit: third, author: 'Ada Example' }),
        ],
      });
    },
  );

  it('keep names with newlines, quotes, tabs, colons and bytes that are not UTF-8', async () => {
    const made = repo();
    const names = ['new\nline', 'quo"te', 'tab\there', ':100644 a', ' space ', 'ü', 'back\\slash'];
    for (const name of names) made.write(name, 'same');
    made.write(Buffer.from('caf\xe9/\xff.txt', 'latin1'), 'same');
    made.commit('odd names');
    const { objects } = await locate(await open(made), [oidOf(made, 'same')]);
    const [{ places } = { places: [] }] = [...objects.values()];
    expect(places.map(({ shown }) => shown).sort()).toEqual([...names, 'caf\\xe9/\\xff.txt'].sort());
    expect(places.map(({ path: bytes }) => bytes.toString('latin1'))).toContain('caf\xe9/\xff.txt');
  });

  it('are found for content that a merge brought, and not where a merge only took it over', async () => {
    const made = repo();
    made.write('a', 'base');
    made.commit('base');
    made.git('checkout', '-q', '-b', 'side');
    made.write('side', 'of the side');
    const side = made.commit('side');
    made.git('checkout', '-q', 'main');
    made.write('main', 'main');
    made.commit('main');
    made.git('merge', '-q', '--no-commit', 'side');
    made.write('evil', 'born in the merge');
    const merge = made.commit('merge');
    const opened = await open(made);
    expect(await placeOf(opened, oidOf(made, 'born in the merge'))).toEqual({
      reached: 'history',
      places: [`evil ${merge}`],
    });
    expect(await placeOf(opened, oidOf(made, 'of the side'))).toEqual({
      reached: 'history',
      places: [`side ${side}`],
    });
  });

  it('say of commits and annotated tags who wrote them', async () => {
    const made = repo();
    const commit = made.commit('words', { author: 'Bob', email: 'bob@example.com' });
    made.git('tag', '-a', 'v1', '-m', 'words of a tag');
    made.git('tag', '-a', 'v2', '-m', 'a tag of a tag', 'v1');
    const tags = ['v1', 'v2'].map((name) => made.git('rev-parse', name));
    const { objects } = await locate(await open(made), [commit, ...tags]);
    expect(objects.get(commit)).toMatchObject({
      reached: 'history',
      places: [{ shown: '', commit, author: 'Bob' }],
    });
    for (const tag of tags)
      expect(objects.get(tag)).toMatchObject({
        reached: 'history',
        places: [
          {
            shown: '',
            commit: null,
            author: 'Ada Example',
            email: 'ada@example.com',
            at: expect.any(Number),
          },
        ],
      });
  });

  it('keep at most 200 paths of one content, the oldest', async () => {
    const made = repo();
    made.write('oldest', 'same');
    made.commit('one');
    for (let index = 0; index < 250; index++) made.write(`f${index}`, 'same');
    made.commit('many');
    const { places } = (await locate(await open(made), [oidOf(made, 'same')])).objects.get(
      oidOf(made, 'same'),
    )!;
    expect(places).toHaveLength(200);
    expect(places[0]?.shown).toBe('oldest');
  });
});

describe('what no branch holds', () => {
  it('is told as stash (all three of its commits, and older stashes), note, reflog or unreachable', async () => {
    const made = repo();
    made.write('a', 'base');
    const base = made.commit('base');
    made.write('a', 'older stash');
    made.git('stash', 'push', '-q');
    made.write('a', 'staged in a stash');
    made.git('add', 'a');
    made.write('a', 'changed in a stash');
    made.write('untracked', 'untracked in a stash');
    made.git('stash', 'push', '-q', '-u');
    made.git('notes', 'add', '-m', 'in a note', base);
    made.write('b', 'in a reflog');
    const reflog = made.commit('dropped');
    made.git('reset', '-q', '--hard', 'HEAD~1');
    const env = { GIT_INDEX_FILE: path.join(made.around, 'other-index') };
    made.write('c', 'nowhere');
    made.run(['add', 'c'], { env });
    const tree = made.run(['write-tree'], { env }).toString().trim();
    rmSync(path.join(made.path, 'c'));
    const lost = made.git('commit-tree', '-p', base, '-m', 'lost', tree);
    made.write('staged', 'staged once');
    made.git('add', 'staged');

    const opened = await open(made);
    const commits = packOids(
      [...(await listed(opened))].filter(([, { type }]) => type === 'commit').map(([oid]) => oid),
      20,
    );
    const reachedOf = async (text: string) => (await placeOf(opened, oidOf(made, text), { commits })).reached;
    for (const text of ['older stash', 'staged in a stash', 'changed in a stash', 'untracked in a stash'])
      expect(await reachedOf(text), text).toBe('stash');
    expect(await reachedOf('base')).toBe('history');
    expect(await reachedOf('in a note\n')).toBe('note');
    expect(await placeOf(opened, oidOf(made, 'in a reflog'), { commits })).toEqual({
      reached: 'reflog',
      places: [`b ${reflog}`],
    });
    expect(await placeOf(opened, lost, { commits })).toEqual({
      reached: 'unreachable',
      places: [` ${lost}`],
    });
    expect(await placeOf(opened, oidOf(made, 'nowhere'), { commits })).toEqual({
      reached: 'unreachable',
      places: [`c ${lost}`],
    });
    expect(await placeOf(opened, oidOf(made, 'staged once'), { commits })).toEqual({
      reached: 'unreachable',
      places: [],
    });
    // Without the list of commits nothing is known of what nothing names.
    expect(await placeOf(opened, oidOf(made, 'nowhere'))).toEqual({ reached: 'unreachable', places: [] });
  });

  it('is history all the same when a branch holds it too', async () => {
    const made = repo();
    made.write('a', 'base');
    made.commit('base');
    made.write('a', 'twice');
    made.git('stash', 'push', '-q');
    made.write('a', 'twice');
    const commit = made.commit('twice');
    expect(await placeOf(await open(made), oidOf(made, 'twice'))).toEqual({
      reached: 'history',
      places: [`a ${commit}`],
    });
  });

  it('is found in the reflog of another worktree', async () => {
    const made = repo();
    made.commit('base');
    const tree = path.join(made.around, 'tree');
    made.git('worktree', 'add', '-q', '--detach', tree);
    made.write('../tree/x', 'of the worktree');
    made.run(['add', '-A'], { cwd: tree });
    made.run(['commit', '-q', '-m', 'detached'], { cwd: tree });
    made.run(['reset', '-q', '--hard', 'HEAD~1'], { cwd: tree });
    expect((await placeOf(await open(made), oidOf(made, 'of the worktree'))).reached).toBe('reflog');
  });
});

describe('since a revision', () => {
  it('only commits count that it does not reach', async () => {
    const made = repo();
    made.write('a', 'old');
    made.commit('old');
    made.git('tag', 'v1');
    made.write('b', 'new');
    const commit = made.commit('new');
    const opened = await open(made);
    const since = await resolveRevision(opened, 'v1');
    expect(since).toMatch(/^[0-9a-f]{40}$/);
    const { objects, commits } = await locate(opened, [oidOf(made, 'old'), oidOf(made, 'new')], { since });
    expect(commits).toBe(1);
    expect([...objects.values()].map(({ places }) => places.map((place) => place.commit))).toEqual([
      [commit],
      [],
    ]);
  });

  it('names that are none, or would be options, are none', async () => {
    const made = repo();
    made.commit('one');
    const opened = await open(made);
    for (const name of ['nope', '--all', '-', '', 'a\nHEAD', 'HEAD^{tree}'])
      expect(await resolveRevision(opened, name), name).toBeNull();
    expect(await resolveRevision(opened, 'HEAD')).toBe(opened.head?.oid);
  });
});
