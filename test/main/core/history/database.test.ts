import fs from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openDatabase, openMemory, transact } from '../../../../main/core/history/database.ts';
import { MIGRATIONS, pragma } from '../../../../main/core/history/migrations.ts';
import { expectMemory, getName, setName } from './database-notes.ts';
import { allFiles, stillClock, temporaryFolder } from './folder.ts';

const open = (folder: string, options = {}) => openDatabase(folder, { clock: stillClock, ...options });
const mode = (path: string) => fs.statSync(path).mode & 0o777;

describe('a fresh database', () => {
  test('is durable, private and ours', () => {
    const folder = join(temporaryFolder(), 'a', 'data');
    const opened = open(folder);
    expect(opened.status()).toEqual({
      state: 'ok',
      path: join(folder, 'keybench.db'),
      problem: '',
      remedy: '',
    });
    expect(pragma(opened.db, 'journal_mode')).toBe('wal');
    expect(pragma(opened.db, 'synchronous')).toBe(2);
    expect(pragma(opened.db, 'page_size')).toBe(8192);
    expect(pragma(opened.db, 'secure_delete')).toBe(1);
    expect(pragma(opened.db, 'foreign_keys')).toBe(1);
    expect(pragma(opened.db, 'busy_timeout')).toBe(5000);
    setName(opened, 'one');
    opened.close();
    expect(opened.db.isOpen).toBe(false);
  });

  test.skipIf(process.platform === 'win32')(
    'has folders of 0700 and files of 0600, whatever the umask and the old modes',
    () => {
      const folder = join(temporaryFolder(), 'data');
      const before = process.umask(0o022);
      fs.mkdirSync(folder, { mode: 0o755 });
      const first = open(folder);
      setName(first, 'one');
      first.close();
      fs.chmodSync(join(folder, 'keybench.db'), 0o644);
      process.umask(0o022);
      const opened = open(folder);
      setName(opened, 'two');
      const names = allFiles(folder).map(({ path }) => path);
      expect(names).toEqual(
        expect.arrayContaining(['', '-wal', '-shm'].map((tail) => join(folder, `keybench.db${tail}`))),
      );
      for (const name of names) expect([name, mode(name)]).toEqual([name, 0o600]);
      expect(mode(folder)).toBe(0o700);
      expect(mode(join(folder, 'instances'))).toBe(0o700);
      opened.close();
      process.umask(before);
    },
  );

  test('keeps a reserve where there is room, and none where there is not', () => {
    const folder = temporaryFolder();
    open(folder).close();
    expect(fs.statSync(join(folder, 'reserve')).size).toBe(8 * 1024 * 1024);
    const small = temporaryFolder();
    open(small, { ballast: { bytes: 1000, minFree: Number.MAX_SAFE_INTEGER } }).close();
    expect(fs.existsSync(join(small, 'reserve'))).toBe(false);
  });

  test('closing twice does nothing, and leaves no log and no lock behind', () => {
    const folder = temporaryFolder();
    const opened = open(folder);
    setName(opened, 'one');
    opened.close();
    opened.close();
    expect(fs.readdirSync(folder).sort()).toEqual(['instances', 'keybench.db', 'reserve']);
    expect(fs.readdirSync(join(folder, 'instances'))).toEqual([]);
  });
});

describe('two connections at once', () => {
  test('see each other as alive, and lose no update', () => {
    const folder = temporaryFolder();
    const one = open(folder);
    const two = open(folder);
    expect(two.status().state).toBe('ok');
    expect(one.instance.isAlive(two.instance.id)).toBe(true);
    expect(two.instance.isAlive(one.instance.id)).toBe(true);
    setName(one, '0');
    for (let i = 0; i < 50; i++)
      for (const opened of [one, two])
        transact(opened.db, () => setName(opened, String(Number(getName(opened)) + 1)));
    expect(getName(one)).toBe('100');
    const id = two.instance.id;
    two.close();
    expect(one.instance.isAlive(id)).toBe(false);
    expect(one.instance.isAlive('../../etc/passwd')).toBe(false);
    one.close();
  });
});

test('who reads in order to write holds the lock from the start: nobody writes in between', () => {
  const folder = temporaryFolder();
  const one = open(folder);
  const two = open(folder);
  two.db.exec('PRAGMA busy_timeout = 0');
  setName(one, '0');
  transact(one.db, () => {
    const before = Number(getName(one));
    expect(() => setName(two, 'between')).toThrow(
      expect.objectContaining({
        code: 'DATABASE_UNAVAILABLE',
        message: expect.stringMatching(/Another Keybench/),
      }),
    );
    setName(one, String(before + 1));
  });
  expect(getName(two)).toBe('1');
  two.close();
  one.close();
});

/** What must hold in every fallback: it can be used, it says why and what to do, and the file is as it was. */
describe('a file that is not our database is left as it is', () => {
  const cases: [string, (path: string) => void, RegExp][] = [
    ['text', (path) => fs.writeFileSync(path, 'These are my notes.\n'.repeat(500)), /is not a database/],
    [
      'a database of another program',
      (path) => {
        const db = new DatabaseSync(path);
        db.exec('CREATE TABLE theirs (x)');
        db.close();
      },
      /another program/,
    ],
    [
      'a database of a newer version',
      (path) => {
        open(join(path, '..')).close();
        const db = new DatabaseSync(path);
        db.exec('PRAGMA user_version = 99');
        db.close();
      },
      /newer version/,
    ],
    ['a folder', (path) => fs.mkdirSync(path), /not a file/],
  ];
  test.each(cases)('%s', (_name, make, problem) => {
    const folder = temporaryFolder();
    const path = join(folder, 'keybench.db');
    make(path);
    const before = fs.statSync(path).isFile() ? fs.readFileSync(path) : null;
    expectMemory(open(folder), problem, /[Mm]ove|[Ii]nstall/);
    if (before) expect(fs.readFileSync(path).equals(before)).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('a symbolic link, which is not followed', () => {
    const folder = temporaryFolder();
    const target = join(folder, 'target');
    fs.writeFileSync(target, '');
    const data = join(folder, 'data');
    fs.mkdirSync(data);
    fs.symlinkSync(target, join(data, 'keybench.db'));
    expectMemory(open(data), /symbolic link/, /[Mm]ove/);
    expect(fs.readFileSync(target, 'utf8')).toBe('');
  });
});

describe('a migration that fails', () => {
  test('leaves the file at its old version, with a copy, and the app works in memory', () => {
    const folder = temporaryFolder();
    const first = open(folder);
    setName(first, 'kept');
    first.close();
    // Fails only where there are rows, so not in the empty database that takes the place of the file.
    const broken = (db: DatabaseSync) =>
      db.exec('CREATE TABLE extra (x CHECK (x < 0)); INSERT INTO extra SELECT 1 FROM notes');
    expectMemory(
      open(folder, { migrations: [...MIGRATIONS, broken] }),
      /could not be opened/,
      /Check the disk/,
    );
    expect(fs.readdirSync(join(folder, 'backups'))).toHaveLength(1);
    const again = open(folder);
    expect(again.status().state).toBe('ok');
    expect(getName(again)).toBe('kept');
    again.close();
  });
});

test('a database in memory has the same schema and nothing on disk', () => {
  const db = openMemory(0);
  expect(db.location()).toBeNull();
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  expect(tables.map((row) => row.name)).toEqual(
    expect.arrayContaining(['keys', 'settings', 'requests', 'search']),
  );
});
