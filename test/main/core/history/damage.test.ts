import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { backUp } from '../../../../main/core/history/migrations.ts';
import { salvageDatabase } from '../../../../main/core/history/salvage.ts';
import { createSettingsStore } from '../../../../main/core/settings/settings-store.ts';
import { listInput, newEntry, put } from './entries.ts';
import { stillClock, temporaryFolder } from './folder.ts';

const PAGE = 8192;
const ROWS = 1500;

function open(folder: string) {
  const database = openDatabase(folder, { clock: stillClock });
  return { database, store: createHistoryStore({ db: database.db, instance: database.instance }) };
}

/** A closed database with `ROWS` requests, of which some pages are overwritten. Returns its ids, oldest first. */
function damaged(folder: string, pages: (count: number) => number[]): string[] {
  const { database, store } = open(folder);
  createSettingsStore({ db: database.db }).set('requests.maxAttempts', 5);
  const ids: string[] = [];
  database.db.exec('BEGIN');
  for (let i = 0; i < ROWS; i++)
    ids.push(put(store, { prompt: `question ${i}` }, { answer: `word${i} `.repeat(50) }));
  database.db.exec('COMMIT');
  backUp(database.db, join(folder, 'backups'), 'v1', 0);
  database.close();
  const path = join(folder, 'keybench.db');
  const fd = fs.openSync(path, 'r+');
  for (const page of pages(fs.statSync(path).size / PAGE))
    fs.writeSync(fd, Buffer.alloc(100, 0xa5), 0, 100, page * PAGE);
  fs.closeSync(fd);
  return ids;
}

/** What a process that was killed leaves behind. */
function crash(folder: string) {
  fs.writeFileSync(join(folder, 'instances', `${crypto.randomUUID()}.lock`), '');
}

const everyTenth = (count: number) =>
  Array.from({ length: count }, (_, page) => page).filter((page) => page > 40 && page % 10 === 0);
const hash = (folder: string) =>
  createHash('sha256')
    .update(fs.readFileSync(join(folder, 'keybench.db')))
    .digest('hex');

describe('flipped bytes (R12)', () => {
  test('are found at the start after a crash; the file is only read from then on, at each start', () => {
    const folder = temporaryFolder();
    const ids = damaged(folder, everyTenth);
    crash(folder);
    const before = hash(folder);
    for (let start = 0; start < 2; start++) {
      const { database, store } = open(folder);
      expect(database.status()).toMatchObject({
        state: 'read-only',
        problem: expect.stringMatching(/damaged/),
      });
      expect(database.status().remedy).toMatch(/doctor --salvage.*newest backup is .*keybench-v1/);
      expect(() => store.begin(newEntry())).toThrow(expect.objectContaining({ code: 'DATABASE_READ_ONLY' }));
      const readable = ids.filter((id) => {
        try {
          return store.get(id).id === id;
        } catch {
          return false;
        }
      });
      expect(readable.length).toBeGreaterThan(0);
      database.close();
      expect(hash(folder)).toBe(before);
    }
  });

  test('met while the app runs end all writing, with one sentence', () => {
    const folder = temporaryFolder();
    const ids = damaged(folder, everyTenth);
    const { database, store } = open(folder);
    expect(database.status().state).toBe('ok'); // no full check at each start: it takes seconds
    const seen: string[] = [];
    database.onProblem((status) => seen.push(status.state));
    let failed: unknown;
    for (const id of ids)
      try {
        [...store.records(id)];
        store.entry(id);
      } catch (error) {
        failed ??= error;
      }
    expect(failed).toMatchObject({ code: 'DATABASE_UNAVAILABLE', message: expect.stringMatching(/damaged/) });
    expect(seen).toEqual(['read-only']);
    expect(() => store.begin(newEntry())).toThrow(expect.objectContaining({ code: 'DATABASE_READ_ONLY' }));
    database.close();
    const again = open(folder);
    expect(again.database.status().state).toBe('read-only');
    again.database.close();
  });

  test('in the beginning of the file leave it alone and point to the backup', () => {
    const folder = temporaryFolder();
    damaged(folder, () => [0]);
    const before = hash(folder);
    const { database } = open(folder);
    expect(database.status()).toMatchObject({
      state: 'memory',
      problem: expect.stringMatching(/not a database/),
      remedy: expect.stringMatching(/newest backup/),
    });
    database.close();
    expect(hash(folder)).toBe(before);
  });

  test('a file that was replaced by a whole one is written again', () => {
    const folder = temporaryFolder();
    damaged(folder, everyTenth);
    crash(folder);
    open(folder).database.close();
    const [backup] = fs.readdirSync(join(folder, 'backups'));
    fs.copyFileSync(join(folder, 'backups', backup!), join(folder, 'keybench.db'));
    const { database, store } = open(folder);
    expect(database.status().state).toBe('ok');
    put(store);
    database.close();
  });
});

describe('salvage', () => {
  test('brings back what can be read into a whole database, and keeps the damaged one', async () => {
    const folder = temporaryFolder();
    const ids = damaged(folder, everyTenth);
    crash(folder);
    open(folder).database.close();
    const before = hash(folder);
    const result = salvageDatabase(folder, { clock: stillClock });
    expect(result.requests).toBeGreaterThan(ROWS / 2);
    expect(result.lost).toBeGreaterThan(0);
    expect(createHash('sha256').update(fs.readFileSync(result.damagedFile)).digest('hex')).toBe(before);

    const { database, store } = open(folder);
    expect(database.status().state).toBe('ok');
    expect(database.db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.db.exec("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");
    const kept = ids.filter((id) => store.has(id));
    expect(kept).toHaveLength(result.requests);
    for (const id of kept) expect(store.entry(id).draft.provider).toBe('demo');
    const whole = ids.findIndex((id) => store.has(id));
    expect((await store.list(listInput({ q: `"question ${whole}"` }))).rows[0]?.id).toBe(ids[whole]);
    expect(createSettingsStore({ db: database.db }).get()['requests.maxAttempts']).toBe(5);
    database.close();
  });

  test('of a whole database loses nothing', () => {
    const folder = temporaryFolder();
    const ids = damaged(folder, () => []);
    expect(salvageDatabase(folder, { clock: stillClock })).toMatchObject({ requests: ROWS, lost: 0 });
    const { database, store } = open(folder);
    for (const id of ids) expect([...store.records(id)]).toHaveLength(3);
    database.close();
  });

  test('refuses while another process uses the database, and when nothing can be read', () => {
    const folder = temporaryFolder();
    damaged(folder, () => []);
    const { database } = open(folder);
    const refused = expect.objectContaining({ code: 'DATABASE_UNAVAILABLE' });
    expect(() => salvageDatabase(folder, { clock: stillClock })).toThrow(refused);
    database.close();
    fs.writeFileSync(join(folder, 'keybench.db'), 'x'.repeat(10_000));
    expect(() => salvageDatabase(folder, { clock: stillClock })).toThrow(refused);
    expect(fs.readFileSync(join(folder, 'keybench.db'), 'utf8')).toBe('x'.repeat(10_000));
  });
});
