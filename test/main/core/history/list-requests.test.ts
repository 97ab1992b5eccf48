import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMemory } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { createLister, type ListInput } from '../../../../main/core/history/list-requests.ts';
import type { RequestState } from '../../../../preload/contract/requests.ts';
import { endingOf, listInput, newEntry, put } from './entries.ts';

function setUp() {
  const db = openMemory(0);
  const store = createHistoryStore({ db });
  const lister = createLister(db);
  const list = (over: Partial<ListInput> = {}) => lister.list(listInput(over), () => null);
  const ids = (over: Partial<ListInput> = {}) => list(over).rows.map((row) => row.id);
  /** All pages of a list. */
  const pages = (over: Partial<ListInput>) => {
    const all: string[] = [];
    let before: string | null = null;
    do {
      const page = list({ ...over, before });
      all.push(...page.rows.map((row) => row.id));
      before = page.next;
    } while (before !== null);
    return all;
  };
  return { db, store, list, ids, pages, lister };
}

describe('a list', () => {
  test('is newest first, in pages that neither repeat nor skip, and counts all', () => {
    const { store, list, pages } = setUp();
    const made = Array.from({ length: 23 }, () => put(store)).reverse();
    expect(pages({ limit: 5 })).toEqual(made);
    expect(list({ limit: 5 }).total).toBe(23);
    expect(list({ limit: 23 }).next).toBeNull();
    expect(setUp().list()).toEqual({ rows: [], next: null, total: 0 });
  });

  test('does not shift when requests come and go between two pages', () => {
    const { store, list } = setUp();
    const made = Array.from({ length: 10 }, () => put(store)).reverse();
    const first = list({ limit: 4 });
    put(store);
    store.delete(made[0]!);
    store.delete(made[4]!);
    expect(list({ limit: 4, before: first.next }).rows.map((row) => row.id)).toEqual(made.slice(5, 9));
  });

  test('filters by provider and state, each alone and both, over pages', () => {
    const { store, pages, list } = setUp();
    const providers = ['demo', 'openai', 'anthropic'];
    const states = ['complete', 'error', 'cancelled', 'truncated'] as const;
    const all: { id: string; provider: string; state: RequestState }[] = [];
    for (let i = 0; i < 60; i++) {
      const provider = providers[i % 3]!;
      const state = states[(i * 7) % 4]!;
      all.unshift({ id: put(store, { provider }, { state }), provider, state });
    }
    const running = newEntry({ provider: 'openai' });
    store.begin(running);
    all.unshift({ id: running.id, provider: 'openai', state: 'streaming' });
    const filters: ListInput['filter'][] = [
      { provider: ['openai'], state: [] },
      { provider: ['openai', 'demo', 'openai'], state: [] },
      { provider: [], state: ['error', 'streaming', 'error'] },
      { provider: ['anthropic', 'openai'], state: ['complete', 'streaming'] },
      { provider: ['nobody'], state: [] },
      { provider: ["x' OR 1=1 --"], state: [] },
    ];
    for (const filter of filters) {
      const fits = (row: (typeof all)[number]) =>
        (filter.provider.length === 0 || filter.provider.includes(row.provider)) &&
        (filter.state.length === 0 || filter.state.includes(row.state));
      const expected = all.filter(fits).map((row) => row.id);
      expect(pages({ filter, limit: 4 })).toEqual(expected);
      expect(list({ filter }).total).toBe(expected.length);
      // The index has only what has ended.
      const ended = expected.filter((id) => id !== running.id);
      expect(pages({ filter, q: 'hello', limit: 4 })).toEqual(ended);
      expect(pages({ filter, q: 'hello', limit: 4, order: 'best' }).sort()).toEqual([...ended].sort());
      expect(list({ filter, q: 'hello', limit: 4 }).total).toBe(ended.length);
    }
  });

  test('refuses a cursor that is none', () => {
    const { store, list } = setUp();
    put(store);
    for (const before of ['', 'x', '-1', '1.2', '1e5', "1' --", '9'.repeat(40)])
      expect(() => list({ before })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    for (const before of ['', '1', '1.2.3', 'a.b'])
      expect(() => list({ before, q: 'hello', order: 'best' })).toThrow(
        expect.objectContaining({ code: 'BAD_INPUT' }),
      );
  });
});

describe('a search', () => {
  test('finds words of name, model, prompt and answer, in any of them together, case and accents aside', () => {
    const { store, ids } = setUp();
    const id = put(
      store,
      { name: 'Quarterly report', model: 'gpt-5.2-mini', prompt: 'Größe of the Zürich café' },
      { answer: 'The answer is forty-two' },
    );
    put(store, { prompt: 'something else' });
    for (const q of [
      'quarterly',
      'gpt-5.2',
      'mini',
      'ZURICH',
      'cafe',
      'CAFÉ',
      'forty-two',
      '"forty two"',
      'report answer',
      'quart',
    ])
      expect([q, ids({ q })]).toEqual([q, [id]]);
    for (const q of ['quarterly else', '"two forty"', 'quarterlyx', 'uarterly'])
      expect([q, ids({ q })]).toEqual([q, []]);
  });

  test('finds an unfinished last word, but only the last', () => {
    const { store, ids } = setUp();
    const id = put(store, { prompt: 'streaming tokens' });
    expect(ids({ q: 'streaming tok' })).toEqual([id]);
    expect(ids({ q: 'stre tokens' })).toEqual([]);
    expect(ids({ q: 'stre ' })).toEqual([]);
  });

  test('finds symbols and text without spaces as they stand', () => {
    const { store, ids, list } = setUp();
    const emoji = put(store, { prompt: 'party 🎉🎉 time' });
    const chinese = put(store, { prompt: 'x' }, { answer: '你好，世界。GPT模型' });
    expect(ids({ q: '🎉' })).toEqual([emoji]);
    expect(ids({ q: 'party 🎉' })).toEqual([emoji]);
    expect(ids({ q: 'party 🎈' })).toEqual([]);
    expect(ids({ q: '世界' })).toEqual([chinese]);
    expect(ids({ q: 'gpt模型' })).toEqual([chinese]);
    expect(list({ q: '世界' }).rows[0]?.snippet).toEqual({
      field: 'answer',
      text: '你好，世界。GPT模型',
      ranges: [[3, 5]],
    });
    const ranges = list({ q: 'party 🎉' }).rows[0]?.snippet?.ranges;
    expect(ranges).toEqual([
      [0, 5],
      [6, 10],
    ]);
  });

  test('shows where: the prompt before the answer, cut to a piece, ranges in UTF-16 units', () => {
    const { store, list } = setUp();
    const long = `${'😀 filler '.repeat(300)}needle ${'after '.repeat(300)}`;
    put(store, { prompt: 'nothing' }, { answer: long });
    put(store, { prompt: 'a 😀 Needle here' }, { answer: 'needle' });
    const [first, second] = list({ q: 'needle' }).rows.map((row) => row.snippet!);
    expect(first).toEqual({ field: 'prompt', text: 'a 😀 Needle here', ranges: [[5, 11]] });
    expect(second!.field).toBe('answer');
    expect(second!.text.length).toBeLessThan(400);
    expect(second!.text).toMatch(/^….*…$/su);
    expect(second!.ranges.map(([a, b]) => second!.text.slice(a, b))).toEqual(['needle']);
  });

  test('takes marks in the text for text', () => {
    const { store, list } = setUp();
    put(store, { prompt: '<b>\u0001abc( needle \u0001~' });
    const snippet = list({ q: 'needle' }).rows[0]!.snippet!;
    expect(snippet.text).toBe('<b>\u0001abc( needle \u0001~');
    expect(snippet.ranges.map(([a, b]) => snippet.text.slice(a, b))).toEqual(['needle']);
  });

  test('best match ranks, pages are stable, and new requests do not move them', () => {
    const { store, list, pages } = setUp();
    const others: string[] = [];
    const filler = (i: number) => others.push(put(store, { prompt: `${'filler '.repeat(20 + i)} zebra` }));
    for (let i = 0; i < 5; i++) filler(i);
    const good = put(store, { prompt: 'zebra zebra zebra', name: 'zebra' });
    for (let i = 5; i < 9; i++) filler(i);
    expect(list({ q: 'zebra', order: 'best', limit: 3 }).rows[0]?.id).toBe(good);
    expect(pages({ q: 'zebra', order: 'best', limit: 3 }).sort()).toEqual([good, ...others].sort());
    const first = list({ q: 'zebra', order: 'best', limit: 3 });
    put(store, { prompt: 'zebra' });
    store.delete(first.rows[0]!.id);
    const second = list({ q: 'zebra', order: 'best', limit: 3, before: first.next });
    const seen = [...first.rows, ...second.rows].map((row) => row.id);
    expect(new Set(seen).size).toBe(6);
    expect(first.total).toBe(10);
  });

  test('stops when nobody wants it any more, or at its deadline, and goes on with the next', () => {
    const { store, lister, ids } = setUp();
    put(store);
    for (const [reason, code] of [
      ['cancelled', 'CANCELLED'],
      ['deadline', 'SEARCH_TIMEOUT'],
    ] as const)
      for (const q of ['hello', '🎉'])
        for (const order of ['newest', 'best'] as const)
          expect(() => lister.list(listInput({ q, order }), () => reason)).toThrow(
            expect.objectContaining({ code }),
          );
    expect(ids({ q: 'hello' })).toHaveLength(1);
  });

  test('finds every row by each of its words, and its ranges point at that word', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[a-z]{2,8}$/),
      fc.stringMatching(/^[0-9]{2,5}$/),
      fc.constantFrom('Größe', 'naïve', 'ключ', 'λόγος', 'مرحبا', 'हिन्दी', '𝒜𝓁𝓅𝒽𝒶', '𐐀𐐁', 'İstanbul'),
    );
    const gap = fc.constantFrom(' ', '\n', ' 😀 ', ', ', '. ', ' — ', '\t"', ' \u0001 ');
    const text = fc
      .array(fc.tuple(word, gap), { minLength: 1, maxLength: 40 })
      .map((parts) => ({ words: parts.map(([one]) => one), text: parts.flat().join('') }));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }), (rows) => {
        const { store, list } = setUp();
        const made = rows.map(([prompt, answer]) =>
          put(store, { prompt: prompt.text }, { answer: answer.text }),
        );
        for (const [index, [prompt, answer]] of rows.entries())
          for (const one of [...prompt.words, ...answer.words]) {
            const page = list({ q: `${one} `, limit: 200 });
            const row = page.rows.find(({ id }) => id === made[index]);
            expect([one, row?.id]).toEqual([one, made[index]]);
            const { text: shown, ranges } = row!.snippet!;
            expect(ranges.length).toBeGreaterThan(0);
            for (const [start, end] of ranges) expect(fold(shown.slice(start, end))).toBe(fold(one));
          }
      }),
      { numRuns: 60 },
    );
  });
});

/** As the index compares: case and diacritics aside. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

test('a search of a running request finds nothing yet, and its text once it has ended', () => {
  const { store, ids } = setUp();
  const entry = newEntry({ prompt: 'unique question' });
  store.begin(entry);
  expect(ids({ q: 'unique' })).toEqual([]);
  store.finish(entry.id, endingOf({ state: 'cancelled', answer: 'half an' }));
  expect(ids({ q: 'unique half' })).toEqual([entry.id]);
});
