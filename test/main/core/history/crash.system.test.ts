// Processes that are killed with SIGKILL at moments nobody chose.
import fs from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { MIGRATIONS } from '../../../../main/core/history/migrations.ts';
import { put } from './entries.ts';
import { stillClock, temporaryFolder } from './folder.ts';
import { expectKept, expectWhole, readPromises, start } from './promises.ts';
import { upgrades } from './upgrade.ts';

const KILLS = 50;

/** Kills a script of this folder `ms` after its first line, or after its start. Returns what it wrote. */
async function runAndKill(script: string, folder: string, ms: number, from: 'start' | 'first line') {
  const running = start(script, folder);
  if (from === 'first line') await running.started;
  await Promise.race([sleep(ms), running.ended]);
  running.child.kill('SIGKILL');
  const { out, err } = await running.ended;
  expect(err).toBe('');
  return out;
}

describe('killed in mid-stream (R1)', () => {
  test(`${KILLS} times: nothing that was acknowledged is lost, and the database is whole`, async () => {
    const folder = temporaryFolder();
    const count = { requests: 0, pieces: 0, interrupted: 0 };
    for (let kill = 0; kill < KILLS; kill++) {
      const promised = readPromises(
        await runAndKill('./streaming-child.ts', folder, Math.random() * 500, 'first line'),
      );
      const database = openDatabase(folder, { clock: stillClock });
      const { db } = database;
      expect(database.status()).toMatchObject({ state: 'ok', problem: '' });
      const store = createHistoryStore({ db, instance: database.instance });
      store.recover();
      for (const [id, one] of promised) {
        if (expectKept(store, db, id, one) === 'interrupted') count.interrupted++;
        count.requests++;
        count.pieces += one.pieces;
      }
      expectWhole(db);
      database.close();
    }
    console.log(
      `${KILLS} kills: ${count.requests} requests, ${count.pieces} pieces acknowledged, ${count.interrupted} interrupted, 0 lost`,
    );
    // The kills did hit running requests, or this test shows nothing.
    expect(count.interrupted).toBeGreaterThan(KILLS / 2);
  });
});

describe('killed while the schema is upgraded (R7)', () => {
  test('leaves the old version or a new one, never one between, and whole backups only', async () => {
    const original = temporaryFolder();
    const rows = 2000;
    const made = openDatabase(original, { clock: stillClock });
    const store = createHistoryStore({ db: made.db });
    made.db.exec('BEGIN');
    for (let i = 0; i < rows; i++) put(store, { name: 'n', prompt: `prompt ${i} ${'x'.repeat(1000)}` });
    made.db.exec('COMMIT');
    made.close();

    const expectVersion = (path: string): number => {
      const db = new DatabaseSync(path, { readOnly: true });
      expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      const stored = db.prepare('PRAGMA user_version').get()?.user_version as number;
      const version = stored - MIGRATIONS.length + 1; // 1: as released
      const names = db.prepare('SELECT name, count(*) AS n FROM requests GROUP BY name').all();
      expect(names.map((row) => ({ ...row }))).toEqual([{ name: ['n', 'n2', 'n23'][version - 1], n: rows }]);
      const tables = db
        .prepare("SELECT count(*) AS n FROM sqlite_master WHERE name IN ('pins', 'more_pins')")
        .get();
      expect(tables).toEqual({ n: version - 1 });
      db.close();
      return version;
    };
    const upgrade = async (ms: number) => {
      const folder = temporaryFolder();
      fs.cpSync(original, folder, { recursive: true });
      const start = performance.now();
      await runAndKill('./upgrade-child.ts', folder, ms, 'start');
      return { folder, ms: performance.now() - start };
    };
    const whole = await upgrade(60_000);
    expect(expectVersion(join(whole.folder, 'keybench.db'))).toBe(3);

    const tries = 25;
    const versions: number[] = [];
    for (let i = 0; i < tries; i++) {
      // From the beginning to a little past the end, wherever in this machine's time the work lies.
      const { folder } = await upgrade((whole.ms * (i + Math.random())) / tries);
      versions.push(expectVersion(join(folder, 'keybench.db')));
      const backups = join(folder, 'backups');
      const names = fs.existsSync(backups) ? fs.readdirSync(backups) : [];
      for (const name of names.filter((one) => one.endsWith('.db')))
        expect(expectVersion(join(backups, name))).toBe(1);
      const again = openDatabase(folder, { clock: { now: Date.now, mono: () => 0 }, migrations: upgrades });
      expect(again.status()).toMatchObject({ state: 'ok' });
      again.close();
      expect(expectVersion(join(folder, 'keybench.db'))).toBe(3);
      fs.rmSync(folder, { recursive: true });
    }
    console.log(`versions after ${tries} kills: ${versions.join(' ')}`);
    expect(versions).toContain(1);
  });
});
