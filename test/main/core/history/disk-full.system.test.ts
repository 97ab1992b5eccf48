// A real disk that is really full. Needs root on Linux to mount one of 16 MB.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { createSettingsStore } from '../../../../main/core/settings/settings-store.ts';
import type { AppError } from '../../../../preload/contract/errors.ts';
import { attemptOf, bytesOf, endingOf, listInput, newEntry, put } from './entries.ts';
import { asRoot, stillClock, temporaryFolder } from './folder.ts';

const MB = 1024 * 1024;
if (!asRoot) console.log('Skipped: the tests of a full disk mount one, which needs root on Linux.');

function smallDisk(): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'keybench-test', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

/** Takes all but `left` bytes of the disk. Returns the file. */
function fill(disk: string, left: number): string {
  const path = join(disk, 'filler');
  const { bavail, bsize } = fs.statfsSync(disk);
  fs.writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  return path;
}

const open = (disk: string) => {
  const database = openDatabase(join(disk, 'data'), {
    clock: stillClock,
    ballast: { bytes: 2 * MB, minFree: 5 * MB },
  });
  return { database, store: createHistoryStore({ db: database.db, instance: database.instance }) };
};

const CODE = (error: unknown) => (error as AppError).code;

describe.skipIf(!asRoot)('a full disk (R3)', () => {
  test('is said, lets the answers in flight go to the reserve, loses nothing, and is over when there is room', async () => {
    const disk = smallDisk();
    const { database, store } = open(disk);
    const reserve = join(disk, 'data', 'reserve');
    expect(fs.statSync(reserve).size).toBe(2 * MB);
    const states: string[] = [];
    database.onProblem((status) => states.push(`${status.state}: ${status.problem}`));
    const filler = fill(disk, 1 * MB);

    const kept: { id: string; appended: number; finished: boolean }[] = [];
    let failure: unknown;
    for (let i = 0; i < 10_000 && !failure; i++) {
      const entry = newEntry({ prompt: `question ${i}` });
      const one = { id: entry.id, appended: 0, finished: false };
      try {
        store.begin(entry);
        kept.push(one);
        for (; one.appended < 4; one.appended++)
          store.append(entry.id, [attemptOf(), bytesOf('x'.repeat(4000), one.appended)], `answer${i} `);
        store.finish(entry.id, endingOf({ answer: `answer${i} `.repeat(4) }));
        one.finished = true;
      } catch (error) {
        failure = error;
      }
    }
    expect(failure).toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/disk is full.*Free some space/),
    });
    expect(states).toEqual([
      expect.stringMatching(/^full: .*using its reserve/),
      expect.stringMatching(/^full: .*nothing new can be saved/),
    ]);
    expect(database.status().remedy).toMatch(/Free at least 64 MB/);
    expect(fs.existsSync(reserve)).toBe(false);

    const expectAll = () => {
      for (const { id, appended, finished } of kept) {
        expect([...store.records(id)]).toHaveLength(appended * 2);
        expect(store.get(id).state).toBe(finished ? 'complete' : 'streaming');
      }
    };
    expectAll(); // reading goes on
    expect((await store.list(listInput({ q: 'answer0' }))).rows).toHaveLength(1);
    // Everything else that writes says the same, and changes nothing.
    const settings = createSettingsStore({ db: database.db });
    expect(() => settings.saveUi({ tabs: 'x'.repeat(200_000) })).toThrow(
      expect.objectContaining({ code: 'DISK_FULL' }),
    );
    expect(settings.loadUi()).toEqual({});

    fs.rmSync(filler);
    const unfinished = kept.filter((one) => !one.finished);
    for (const one of unfinished) {
      store.finish(one.id, endingOf());
      one.finished = true;
    }
    for (let i = 0; i < 20; i++) put(store);
    expect(database.status()).toMatchObject({ state: 'ok', problem: '', remedy: '' });
    expect(fs.statSync(reserve).size).toBe(2 * MB);
    expectAll();
    expect(database.db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.db.exec("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");
    database.close();
    const again = open(disk);
    expect((await again.store.list(listInput())).total).toBe(kept.length + 20);
    again.database.close();
  });

  test('at the first start leaves the app working in memory', () => {
    const disk = smallDisk();
    fill(disk, 0);
    const { database, store } = open(disk);
    expect(database.status()).toMatchObject({
      state: 'memory',
      problem: expect.stringMatching(/is full/),
      remedy: expect.stringMatching(/Free at least 64 MB/),
    });
    expect(store.get(put(store)).state).toBe('complete');
    database.close();
  });

  test('at a later start shows what is there and gives the reserve for opening', async () => {
    const disk = smallDisk();
    const first = open(disk);
    put(first.store);
    first.database.close();
    fill(disk, 0);
    const { database, store } = open(disk);
    expect(database.file).not.toBeNull();
    expect((await store.list(listInput())).total).toBe(1);
    put(store);
    expect((await store.list(listInput())).total).toBe(2);
    expect(database.status().state).toBe('full');
    database.close();
  });

  test('while the file is rebuilt after a deletion: the rows are gone, the rebuilding is made up for', () => {
    const disk = smallDisk();
    const { database, store } = open(disk);
    for (let i = 0; i < 100; i++) put(store, {}, { answer: 'long '.repeat(4000) });
    fill(disk, 3 * MB);
    expect(store.deleteAll()).toBe(100);
    fs.rmSync(join(disk, 'filler'));
    database.close();
    const again = open(disk);
    expect(again.database.status().state).toBe('ok');
    expect(fs.statSync(join(disk, 'data', 'keybench.db')).size).toBeLessThan(1 * MB);
    again.database.close();
  });

  test('no error but DISK_FULL comes out of it, wherever it strikes', () => {
    const disk = smallDisk();
    const { database, store } = open(disk);
    const codes = new Set<string>();
    for (let left = 0; left < 400_000; left += 10_000) {
      fs.rmSync(join(disk, 'filler'), { force: true });
      fill(disk, left);
      for (let i = 0; i < 30; i++)
        try {
          put(store, { prompt: 'y'.repeat(3000) }, { answer: 'z '.repeat(5000) });
        } catch (error) {
          codes.add(CODE(error));
        }
    }
    expect([...codes]).toEqual(['DISK_FULL']);
    fs.rmSync(join(disk, 'filler'));
    put(store);
    database.close();
  });
});
