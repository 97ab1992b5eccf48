import { expect, test } from 'vitest';
import type { HistoryPage } from '../../../../preload/contract/history.ts';
import { joinPages } from '../../../../renderer/features/history/join-pages.ts';

const row = (id: string): HistoryPage['rows'][number] => ({
  id,
  at: 0,
  name: id,
  provider: 'demo',
  api: 'openai.chat',
  model: null,
  state: 'complete',
  status: 200,
  attempts: 1,
  ttft: null,
  total: null,
  usage: null,
  keyName: null,
  prompt: '',
  snippet: null,
});
const pages = (...ids: string[][]) => ({
  pages: ids.map((page) => ({ rows: page.map(row), next: null, total: null })),
  pageParams: ids.map(() => null),
});

test('joins pages in order', () => {
  expect(joinPages(pages(['c', 'b'], ['a'])).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  expect(joinPages(undefined)).toEqual([]);
});

test('a row that moved into the next page while pages were read is shown once', () => {
  expect(joinPages(pages(['c', 'b'], ['b', 'a'])).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});
