// From the first released schema to the one with the scanner, with data in it.
import fs from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { MIGRATIONS, pragma } from '../../../../main/core/history/migrations.ts';
import { salvageDatabase } from '../../../../main/core/history/salvage.ts';
import { put } from './entries.ts';
import { stillClock, temporaryFolder } from './folder.ts';

/** A database as version 1 of the app has left it. */
function versionOne(): string {
  const folder = temporaryFolder();
  const made = openDatabase(folder, { clock: stillClock, migrations: MIGRATIONS.slice(0, 1) });
  const store = createHistoryStore({ db: made.db });
  for (let i = 0; i < 20; i++) put(store, { name: `n${i}`, prompt: `prompt ${i}` });
  made.db.exec(`
    INSERT INTO keys (id, name, provider, origin, base_url, fingerprint, backend, created_at, state)
    VALUES ('k', 'work', 'openai', 'https://a.example', 'https://a.example', 'p:1', 'keychain', 1, 'active');
    INSERT INTO settings VALUES ('history.keep', 'false');
  `);
  expect(pragma(made.db, 'user_version')).toBe(1);
  made.close();
  return folder;
}

test('a database of version 1 is upgraded with all it holds, a whole copy of it first', async () => {
  const folder = versionOne();
  const opened = openDatabase(folder, { clock: stillClock });
  expect(opened.status().state).toBe('ok');
  expect(pragma(opened.db, 'user_version')).toBe(MIGRATIONS.length);
  const store = createHistoryStore({ db: opened.db });
  const filter = { provider: [], state: [] };
  expect((await store.list({ q: '', filter, order: 'newest', before: null, limit: 50 })).total).toBe(20);
  expect(opened.db.prepare('SELECT name FROM keys').all()).toEqual([
    expect.objectContaining({ name: 'work' }),
  ]);
  expect(opened.db.prepare("SELECT value FROM settings WHERE key = 'history.keep'").get()?.value).toBe(
    'false',
  );
  for (const table of ['scan_repos', 'finding_kinds', 'findings', 'finding_marks'])
    expect(opened.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n).toBe(0);
  expect(pragma(opened.db, 'integrity_check')).toBe('ok');
  opened.close();

  const backups = fs.readdirSync(join(folder, 'backups'));
  expect(backups).toEqual([expect.stringMatching(/^keybench-v1-.*\.db$/)]);
  const copy = new DatabaseSync(join(folder, 'backups', backups[0]!), { readOnly: true });
  expect(pragma(copy, 'user_version')).toBe(1);
  expect(copy.prepare('SELECT count(*) AS n FROM requests').get()?.n).toBe(20);
  copy.close();
});

test('opening it again changes nothing and makes no second copy', () => {
  const folder = versionOne();
  openDatabase(folder, { clock: stillClock }).close();
  const again = openDatabase(folder, { clock: stillClock });
  expect(again.status().state).toBe('ok');
  again.close();
  expect(fs.readdirSync(join(folder, 'backups'))).toHaveLength(1);
});

test('a damaged one of version 1 is salvaged into the newest schema', () => {
  const folder = versionOne();
  expect(salvageDatabase(folder, { clock: stillClock })).toMatchObject({ requests: 20, lost: 0 });
  const opened = openDatabase(folder, { clock: stillClock });
  expect(opened.status().state).toBe('ok');
  expect(pragma(opened.db, 'user_version')).toBe(MIGRATIONS.length);
  opened.close();
});

test('salvage keeps repositories and marks; findings are found again by the next scan', () => {
  const folder = temporaryFolder();
  const made = openDatabase(folder, { clock: stillClock });
  made.db.exec(`
    INSERT INTO scan_repos VALUES ('r', '/repo', 'repo', 1, 1, NULL, '{}');
    INSERT INTO finding_marks VALUES ('f', 'r', 'accepted', 'a test key', 2);
  `);
  put(createHistoryStore({ db: made.db }));
  made.close();
  salvageDatabase(folder, { clock: stillClock });
  const opened = openDatabase(folder, { clock: stillClock });
  const all = (table: string) => opened.db.prepare(`SELECT * FROM ${table}`).all();
  expect(all('scan_repos')).toEqual([expect.objectContaining({ id: 'r', trusted: 1, last_scan: null })]);
  expect(all('finding_marks')).toEqual([expect.objectContaining({ fingerprint: 'f', reason: 'a test key' })]);
  opened.close();
});
