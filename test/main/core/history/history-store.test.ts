import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openDatabase, openMemory } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import type { Recorded } from '../../../../main/core/history/records.ts';
import { attemptOf, bytesOf, endingOf, headOf, listInput, newEntry, put } from './entries.ts';
import { filesWith, stillClock, temporaryFolder } from './folder.ts';

function memoryStore() {
  const db = openMemory(0);
  return { db, store: createHistoryStore({ db }) };
}

function fileStore(folder: string) {
  const database = openDatabase(folder, { clock: stillClock });
  const store = createHistoryStore({ db: database.db, instance: database.instance });
  return { database, store, db: database.db };
}

const checkIndex = (db: ReturnType<typeof openMemory>) =>
  db.exec("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");

describe('a request', () => {
  test('is there as running before anything came back, and whole when it has ended', () => {
    const { store } = memoryStore();
    const entry = newEntry({ name: 'Greeting', prompt: 'x'.repeat(500), keyName: 'work' });
    store.begin(entry);
    expect(store.get(entry.id)).toEqual({
      id: entry.id,
      at: entry.at,
      name: 'Greeting',
      provider: 'demo',
      api: 'demo.chat',
      model: 'demo-1',
      state: 'streaming',
      status: null,
      attempts: 0,
      ttft: null,
      total: null,
      usage: null,
      keyName: 'work',
      prompt: 'x'.repeat(200),
    });
    expect(store.entry(entry.id)).toMatchObject({ draft: entry.draft, end: null });
    const usage = { input: 3, output: 4, cacheRead: null, cacheWrite: null, reasoning: null };
    const ending = endingOf({ usage, model: 'demo-1-2026', attempts: 2, totalMs: 321.5 });
    store.finish(entry.id, ending);
    expect(store.get(entry.id)).toMatchObject({
      state: 'complete',
      status: 200,
      attempts: 2,
      ttft: 12,
      total: 321.5,
      usage,
      model: 'demo-1-2026',
    });
    expect(store.entry(entry.id).end).toEqual(ending.end);
  });

  test('gives back its records bit by bit as they came, over many commits', () => {
    const { store } = memoryStore();
    const entry = newEntry();
    store.begin(entry);
    const all: Recorded[] = [];
    for (let i = 0; i < 100; i++) {
      const batch: Recorded[] = [
        attemptOf(i, i),
        bytesOf(`chunk ${i} é😀`, i + 0.125, i),
        headOf(200, i, i),
        bytesOf('', i),
      ];
      if (i % 3 === 0) batch.push({ k: 'bytes', n: i, t: i, bytes: new Uint8Array([0, 255, 128, 10]) });
      all.push(...batch);
      store.append(entry.id, batch, '');
    }
    store.append(entry.id, [], '');
    const plain = (record: Recorded) =>
      record.k === 'bytes' ? { ...record, bytes: [...record.bytes] } : record;
    expect([...store.records(entry.id)].map(plain)).toEqual(all.map(plain));
    expect([...store.records('nobody')]).toEqual([]);
  });

  test('keeps text that SQLite cannot hold as far as it can: NUL, halves of surrogate pairs', async () => {
    const { store } = memoryStore();
    const id = put(store, { prompt: 'before\0after \ud800 end', name: 'n\0' }, { answer: 'red\0blue' });
    expect(store.get(id).prompt).toBe('before\uFFFDafter \uFFFD end');
    for (const q of ['after', 'end', 'blue'])
      expect((await store.list(listInput({ q }))).rows.map((row) => row.id)).toEqual([id]);
  });

  test('has a head of 200 characters that never ends in half of one', () => {
    const { store } = memoryStore();
    const id = put(store, { prompt: `a${'😀'.repeat(300)}` });
    expect(store.get(id).prompt).toBe(`a${'😀'.repeat(199)}`);
  });

  test('that is not there is NOT_FOUND', () => {
    const { store } = memoryStore();
    for (const act of [() => store.get('x'), () => store.entry('x'), () => store.delete('x')])
      expect(act).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(store.has('x')).toBe(false);
  });

  test('ends once: what comes after the end changes nothing', () => {
    const { db, store } = memoryStore();
    const entry = newEntry();
    store.begin(entry);
    store.finish(entry.id, endingOf({ state: 'cancelled' }));
    store.append(entry.id, [bytesOf('late')], 'late');
    store.finish(entry.id, endingOf({ state: 'complete', answer: 'late' }));
    expect(store.entry(entry.id)).toMatchObject({ row: { state: 'cancelled' }, end: { state: 'cancelled' } });
    expect([...store.records(entry.id)]).toEqual([]);
    checkIndex(db);
  });

  test('is one transaction per step: a failed append leaves nothing of it', () => {
    const { db, store } = memoryStore();
    const entry = newEntry();
    store.begin(entry);
    db.exec("CREATE TRIGGER no_text BEFORE INSERT ON partials BEGIN SELECT raise(ABORT, 'no'); END");
    expect(() => store.append(entry.id, [bytesOf('lost')], 'lost')).toThrow();
    db.exec('DROP TRIGGER no_text');
    expect([...store.records(entry.id)]).toEqual([]);
    store.append(entry.id, [bytesOf('kept')], 'kept');
    expect([...store.records(entry.id)]).toHaveLength(1);
  });
});

describe('after a crash', () => {
  test('a running request of a dead process is interrupted, with its text and its numbers', async () => {
    const folder = temporaryFolder();
    const { database, store } = fileStore(folder);
    const entry = newEntry();
    store.begin(entry);
    store.append(entry.id, [attemptOf(1), headOf(429, 1, 3), attemptOf(2, 10), headOf(200, 2, 20)], '');
    // The pieces meet in the middle of an emoji.
    store.append(entry.id, [bytesOf('12345', 30.5, 2)], 'partial \ud83d');
    store.append(entry.id, [bytesOf('678', 42.25, 2)], '\ude00 zebra');
    database.close(); // its lock is gone, its request is not finished

    const { store: next, db, database: reopened } = fileStore(folder);
    expect(next.get(entry.id).state).toBe('streaming');
    expect(next.recover()).toBe(1);
    expect(next.get(entry.id)).toMatchObject({
      state: 'interrupted',
      status: 200,
      attempts: 2,
      total: 42.25,
    });
    expect(next.entry(entry.id).end).toMatchObject({
      k: 'end',
      state: 'interrupted',
      t: 42.25,
      bytes: 8,
      error: null,
    });
    const page = await next.list(listInput({ q: 'zebra' }));
    expect(page.rows[0]?.snippet).toEqual({ field: 'answer', text: 'partial 😀 zebra', ranges: [[11, 16]] });
    expect(next.recover()).toBe(0);
    checkIndex(db);
    reopened.close();
  });

  test('the running request of a living process is not touched', () => {
    const folder = temporaryFolder();
    const cli = fileStore(folder);
    const entry = newEntry();
    cli.store.begin(entry);
    const window = fileStore(folder);
    expect(window.store.recover()).toBe(0);
    expect(cli.store.recover()).toBe(0);
    cli.store.finish(entry.id, endingOf());
    expect(window.store.get(entry.id).state).toBe('complete');
    cli.database.close();
    window.database.close();
  });
});

describe('deleting', () => {
  test.each(['one', 'all'])('%s leaves no trace of the text in any file', (which) => {
    const folder = temporaryFolder();
    const canary = `Zq${Math.random().toString(36).slice(2)}canary`;
    const { database, store, db } = fileStore(folder);
    for (let i = 0; i < 200; i++) put(store, { prompt: `other ${i} words` }, { answer: `and answer ${i}` });
    const entry = newEntry({ prompt: `my ${canary}`, name: canary, model: canary });
    store.begin(entry);
    store.append(entry.id, [bytesOf(`data: ${canary}`)], canary);
    store.append(entry.id, [bytesOf('x'.repeat(40_000) + canary)], canary);
    store.finish(entry.id, endingOf({ model: canary, answer: `${'long '.repeat(20_000)} ${canary}` }));
    for (let i = 0; i < 200; i++) put(store, { prompt: `more ${i} words` });
    expect(filesWith(folder, canary).length).toBeGreaterThan(0);
    // The index keeps words in lower case, and shares their beginnings with their neighbours.
    const inIndex = canary.toLowerCase().slice(3);
    expect(filesWith(folder, inIndex).length).toBeGreaterThan(0);

    if (which === 'one') store.delete(entry.id);
    else expect(store.deleteAll()).toBe(401);
    expect(filesWith(folder, canary)).toEqual([]);
    expect(filesWith(folder, inIndex)).toEqual([]);
    checkIndex(db);
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    if (which === 'all') {
      expect(db.prepare('SELECT count(*) AS n FROM texts').get()).toEqual({ n: 0 });
      put(store);
      checkIndex(db);
    }
    database.close();
  });

  test('a running request drops what still comes of it', () => {
    for (const how of ['delete', 'deleteAll'] as const) {
      const { db, store } = memoryStore();
      const entry = newEntry();
      store.begin(entry);
      store.append(entry.id, [bytesOf('a')], 'a');
      if (how === 'delete') store.delete(entry.id);
      else store.deleteAll();
      store.append(entry.id, [bytesOf('b')], 'b');
      store.finish(entry.id, endingOf());
      for (const table of ['requests', 'drafts', 'endings', 'records', 'partials', 'texts'])
        expect([table, db.prepare(`SELECT count(*) AS n FROM ${table}`).get()]).toEqual([table, { n: 0 }]);
      checkIndex(db);
    }
  });

  test('never gives the number of a deleted request to a new one', () => {
    const { db, store } = memoryStore();
    const seq = (id: string) => db.prepare('SELECT seq FROM requests WHERE id = ?').get(id)?.seq as number;
    const first = seq(put(store));
    store.deleteAll();
    expect(seq(put(store))).toBeGreaterThan(first);
  });

  test('is finished at the next start when the process died before the file was rebuilt', () => {
    const folder = temporaryFolder();
    const { database, store, db } = fileStore(folder);
    for (let i = 0; i < 300; i++) put(store, {}, { answer: `words ${i} `.repeat(100) });
    db.exec("PRAGMA secure_delete = OFF; DELETE FROM texts; INSERT INTO notes VALUES ('vacuum', '1')");
    database.close();
    expect(filesWith(folder, 'words 77').length).toBeGreaterThan(0);
    const again = fileStore(folder);
    again.database.close();
    expect(filesWith(folder, 'words 77 words')).toEqual([]);
  });
});

describe('who listens', () => {
  test('hears of begin, finish and delete, and not of appends', () => {
    const { store } = memoryStore();
    let calls = 0;
    const stop = store.onChange(() => calls++);
    const entry = newEntry();
    store.begin(entry);
    store.append(entry.id, [bytesOf('a')], 'a');
    store.finish(entry.id, endingOf());
    store.delete(entry.id);
    expect(calls).toBe(3);
    store.deleteAll();
    expect(calls).toBe(4);
    stop();
    put(store);
    expect(calls).toBe(4);
  });

  test('hears of what another process writes, and not of its own writes twice', async () => {
    const folder = temporaryFolder();
    const one = openDatabase(folder, { clock: stillClock });
    const watching = createHistoryStore({ db: one.db, instance: one.instance, watchMs: 10 });
    const two = fileStore(folder);
    let calls = 0;
    watching.onChange(() => calls++);
    put(watching);
    expect(calls).toBe(2);
    await sleep(60);
    expect(calls).toBe(2);
    put(two.store);
    await expect.poll(() => calls).toBeGreaterThan(2);
    await watching.close();
    two.database.close();
    one.close();
  });
});

test('clock jumps change no order (R8)', async () => {
  const { store } = memoryStore();
  const day = 86_400_000;
  const ids = [0, day, -day, 3, -1].map((offset) => put(store, { at: 1_790_000_000_000 + offset }));
  expect((await store.list(listInput())).rows.map((row) => row.id)).toEqual(ids.reverse());
});
