import { describe, expect, test } from 'vitest';
import { openMemory } from '../../../../main/core/history/database.ts';
import { type HistoryDeps, historyHandlers } from '../../../../main/core/history/handlers.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { keptOnly } from '../../../../main/core/history/kept-only.ts';
import { connectLocal } from '../../../../main/core/rpc/local.ts';
import { history } from '../../../../preload/contract/history.ts';
import { endingOf, newEntry, put } from './entries.ts';

function setUp(over: Partial<HistoryDeps> = {}) {
  const store = createHistoryStore({ db: openMemory(0) });
  const handlers = historyHandlers({
    store,
    async *replay(id) {
      const { row, draft, end } = store.entry(id);
      yield { k: 'start', id, at: row.at, draft };
      if (end) yield end;
    },
    eventData: (_id, index) => ({ event: 'message', data: `event ${index}`, truncated: false }),
    async *body(_id, which) {
      yield { s: which };
    },
    ...over,
  });
  const { client } = connectLocal(history, handlers, { checkOutput: true });
  return { store, client };
}

const collect = async <T>(stream: AsyncIterable<T>) => {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
};

describe('the history over the bridge', () => {
  test('lists, searches, gets, replays and deletes; every answer fits the contract', async () => {
    const { store, client } = setUp();
    const usage = { input: 1, output: 2, cacheRead: null, cacheWrite: 0, reasoning: null };
    const id = put(store, { prompt: 'Find the 😀 needle', keyName: 'work' }, { usage });
    put(store, {}, { state: 'error', status: null, model: null });
    store.begin(newEntry());
    const page = await client['history.list']({});
    expect(page.rows.map((row) => row.state)).toEqual(['streaming', 'error', 'complete']);
    const found = await client['history.list']({ q: 'needle', order: 'best', limit: 10 });
    expect(found.rows).toEqual([
      expect.objectContaining({
        id,
        usage,
        snippet: { field: 'prompt', text: 'Find the 😀 needle', ranges: [[12, 18]] },
      }),
    ]);
    expect((await client['history.list']({ filter: { state: ['error'], provider: ['demo'] } })).total).toBe(
      1,
    );
    expect((await client['history.get']({ id })).keyName).toBe('work');
    expect((await collect(client['history.replay']({ id }))).map((event) => event.k)).toEqual([
      'start',
      'end',
    ]);
    expect(await client['history.eventData']({ id, index: 3 })).toEqual({
      event: 'message',
      data: 'event 3',
      truncated: false,
    });
    expect(await collect(client['history.body']({ id, which: 'response' }))).toEqual([{ s: 'response' }]);
    expect(await client['history.delete']({ id })).toBeNull();
    expect(await client['history.deleteAll']({})).toEqual({ deleted: 2 });
    expect(await client['history.list']({})).toEqual({ rows: [], next: null, total: 0 });
  });

  test('what is not there is NOT_FOUND in one sentence', async () => {
    const { client } = setUp();
    const missing = { code: 'NOT_FOUND', message: expect.stringMatching(/^[^\n]+\.$/) };
    await expect(client['history.get']({ id: 'x' })).rejects.toMatchObject(missing);
    await expect(client['history.delete']({ id: 'x' })).rejects.toMatchObject(missing);
    await expect(collect(client['history.replay']({ id: 'x' }))).rejects.toMatchObject(missing);
  });

  test('refuses what does not fit and changes nothing', async () => {
    const { store, client } = setUp();
    put(store);
    for (const input of [
      { limit: 0 },
      { limit: 201 },
      { q: 'x'.repeat(401) },
      { order: 'worst' },
      { filter: { state: ['gone'] } },
    ])
      await expect(client['history.list'](input as never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(client['history.list']({ before: 'x' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect((await client['history.list']({})).total).toBe(1);
  });
});

describe('with the history off', () => {
  test('a request leaves nothing, and turning the switch changes the next one only', () => {
    const store = createHistoryStore({ db: openMemory(0) });
    let keep = false;
    const sink = keptOnly(store, () => keep);
    const dropped = newEntry();
    sink.begin(dropped);
    keep = true;
    sink.append(dropped.id, [], 'text');
    sink.finish(dropped.id, endingOf());
    expect(store.has(dropped.id)).toBe(false);
    const kept = newEntry();
    sink.begin(kept);
    keep = false;
    sink.append(kept.id, [], 'text');
    sink.finish(kept.id, endingOf());
    expect(store.get(kept.id).state).toBe('complete');
  });
});
