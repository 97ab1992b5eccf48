import fs from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { createSearchWorker } from '../../../../main/core/history/search-client.ts';
import { listInput, put } from './entries.ts';
import { stillClock, temporaryFolder } from './folder.ts';

function setUp(rows: number, deadlineMs?: number) {
  const folder = temporaryFolder();
  const database = openDatabase(folder, { clock: stillClock });
  const { db } = database;
  const searchWorker = createSearchWorker({
    file: database.file!,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  const store = createHistoryStore({ db, instance: database.instance, searchWorker });
  db.exec('BEGIN');
  for (let i = 0; i < rows; i++) put(store, { prompt: `hello number ${i}` }, { answer: '😀 '.repeat(200) });
  db.exec('COMMIT');
  onTestFinished(async () => {
    await store.close();
    database.close();
  });
  return { folder, database, store, searchWorker };
}

describe('the search worker', () => {
  test('sees each write as soon as it is made', async () => {
    const { store } = setUp(3);
    expect((await store.list(listInput({ q: 'hello' }))).total).toBe(3);
    for (let i = 0; i < 20; i++) {
      const id = put(store, { prompt: `fresh${i}` });
      expect((await store.list(listInput({ q: `fresh${i}` }))).rows.map((row) => row.id)).toEqual([id]);
    }
    store.deleteAll();
    expect(await store.list(listInput())).toEqual({ rows: [], next: null, total: 0 });
  });

  test('answers many questions at once, each with its own answer', async () => {
    const { store } = setUp(50);
    const pages = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.list(listInput({ q: `"number ${i}"` }))),
    );
    expect(pages.map((page) => page.rows[0]?.prompt)).toEqual(
      Array.from({ length: 50 }, (_, i) => `hello number ${i}`),
    );
  });

  test('hands on what is wrong with the question', async () => {
    const { store } = setUp(1);
    await expect(store.list(listInput({ before: 'nonsense' }))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect((await store.list(listInput())).total).toBe(1);
  });

  test('stops at the deadline with a sentence, and answers the next question', async () => {
    const { store } = setUp(4000, 1);
    // Not in the index, so every text is read.
    await expect(store.list(listInput({ q: '🦓' }))).rejects.toMatchObject({
      code: 'SEARCH_TIMEOUT',
      message: expect.stringMatching(/too long.*narrow/),
    });
    expect((await store.list(listInput())).total).toBe(4000);
  });

  test('lets go of a question nobody wants any more, running or waiting', async () => {
    const { store } = setUp(4000);
    const abort = new AbortController();
    const running = store.list(listInput({ q: '🦓' }), abort.signal);
    const waiting = store.list(listInput({ q: 'hello' }), abort.signal);
    const wanted = store.list(listInput({ q: '"number 78"' }));
    await sleep(5);
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await wanted).rows).toHaveLength(1);
  });

  test('is started again when it dies, and says so once', async () => {
    const folder = temporaryFolder();
    const database = openDatabase(folder, { clock: stillClock });
    put(createHistoryStore({ db: database.db }));
    const entry = join(folder, 'dies-once.mjs');
    const real = new URL('../../../../main/core/history/search-worker.ts', import.meta.url).href;
    fs.writeFileSync(
      entry,
      `import fs from 'node:fs'; import { parentPort } from 'node:worker_threads';
       const flag = ${JSON.stringify(join(folder, 'died'))};
       if (!fs.existsSync(flag)) { fs.writeFileSync(flag, ''); parentPort.postMessage('ready'); parentPort.on('message', () => process.exit(3)); }
       else await import(${JSON.stringify(real)});`,
    );
    const worker = createSearchWorker({ file: database.file!, entry });
    await expect(worker.list(listInput())).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect((await worker.list(listInput())).total).toBe(1);
    await worker.close();
    database.close();
  });

  test('gives up a thread that hangs inside SQLite or anywhere else', async () => {
    const folder = temporaryFolder();
    const entry = join(folder, 'hangs.mjs');
    fs.writeFileSync(
      entry,
      `import { parentPort } from 'node:worker_threads'; parentPort.postMessage('ready'); parentPort.on('message', () => { for (;;); });`,
    );
    const worker = createSearchWorker({ file: 'unused', entry, deadlineMs: 50 });
    await expect(worker.list(listInput())).rejects.toMatchObject({ code: 'SEARCH_TIMEOUT' });
    const abort = new AbortController();
    const patient = createSearchWorker({ file: 'unused', entry, deadlineMs: 60_000 });
    const hung = patient.list(listInput(), abort.signal);
    await sleep(20);
    abort.abort();
    await expect(hung).rejects.toMatchObject({ code: 'CANCELLED' });
    await Promise.all([worker.close(), patient.close()]);
  });

  test('checks a file in a thread of its own, and finds damage', async () => {
    const { searchWorker, database } = setUp(500);
    expect(await searchWorker.quickCheck()).toBeNull();
    database.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const fd = fs.openSync(database.file!, 'r+');
    for (let page = 10; page < 40; page++) fs.writeSync(fd, Buffer.alloc(64, 0xff), 0, 64, page * 8192);
    fs.closeSync(fd);
    expect(await searchWorker.quickCheck()).toMatch(/./);
  });

  test('refuses after closing, and cannot write', async () => {
    const { searchWorker, database } = setUp(1);
    await searchWorker.close();
    await expect(searchWorker.list(listInput())).rejects.toMatchObject({ code: 'CLOSED' });
    const reader = new DatabaseSync(database.file!, { readOnly: true });
    expect(() => reader.exec('DELETE FROM requests')).toThrow(/readonly/);
    reader.close();
  });
});
