// npm run bench -- history [--rows=100000]: the figures of the history at a size, one JSON line each.
// Rows are 600 characters of prompt and 1,400 of answer over 60,000 words whose frequency falls as 1/rank.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { systemClock } from '../../main/core/clock.ts';
import { openDatabase } from '../../main/core/history/database.ts';
import { createHistoryStore, type HistoryStore } from '../../main/core/history/history-store.ts';
import type { ListInput } from '../../main/core/history/list-requests.ts';
import { createSearchWorker } from '../../main/core/history/search-client.ts';
import { historyRow, oneRequest } from './support/history-rows.ts';

const BATCH = 1000;
const TRIES = 200;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { rows: { type: 'string', default: '100000' } } });
  const rows = Number(values.rows);
  if (!Number.isInteger(rows) || rows < 1000) throw new Error('--rows is a whole number of at least 1000.');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keybench-bench-'));
  try {
    const report: Report = (figure, value, unit, target) =>
      console.log(
        JSON.stringify({
          bench: 'history',
          figure,
          value: round(value),
          unit,
          rows,
          ...(target ? { target } : {}),
        }),
      );
    fill(folder, rows, report);
    await measure(folder, report);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

type Report = (figure: string, value: number, unit: string, target?: string) => void;

const round = (value: number) => Math.round(value * 100) / 100;
const at = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;

function open(folder: string) {
  const database = openDatabase(folder, { clock: systemClock });
  if (database.status().state !== 'ok') throw new Error(database.status().problem);
  const searchWorker = createSearchWorker({ file: database.file!, deadlineMs: 60_000 });
  const store = createHistoryStore({ db: database.db, instance: database.instance, searchWorker });
  return { database, store };
}

function fill(folder: string, rows: number, report: Report) {
  const { database, store } = open(folder);
  const start = performance.now();
  for (let done = 0; done < rows; ) {
    database.db.exec('BEGIN IMMEDIATE');
    for (const end = Math.min(rows, done + BATCH); done < end; done++) oneRequest(store, historyRow(done));
    database.db.exec('COMMIT');
  }
  report('insert, 1,000 requests per commit', rows / ((performance.now() - start) / 1000), 'requests/s');
  database.close();
  report('size of the file', fs.statSync(path.join(folder, 'keybench.db')).size / 1e6, 'MB');
}

async function measure(folder: string, report: Report) {
  const started = performance.now();
  const { database, store } = open(folder);
  store.recover();
  const opened = performance.now() - started;
  await store.list(listInput({}));
  report('start: open and recover', opened, 'ms', '< 1000');
  report('start: until the first page came from the worker', performance.now() - started, 'ms', '< 1000');

  const singles: number[] = [];
  for (let i = 0; i < TRIES; i++) {
    const row = historyRow(i + 1e7);
    const from = performance.now();
    oneRequest(store, row);
    singles.push(performance.now() - from);
  }
  times(report, 'one request: begin, append, finish, each its own commit', singles);

  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await timeLists(report, store, 'search, common word, newest first', '< 100', (i) => ({ q: `w${i % 20} ` }));
  await timeLists(report, store, 'search, mid word, newest first', '< 100', (i) => ({ q: `w${300 + i} ` }));
  await timeLists(report, store, 'search, rare word, newest first', '< 100', (i) => ({
    q: `w${20_000 + i} `,
  }));
  await timeLists(report, store, 'search, prefix of 2 characters', '', (i) => ({ q: `w${1 + (i % 9)}` }));
  await timeLists(report, store, 'search, prefix of 4 characters', '', (i) => ({ q: `w${100 + i}` }));
  await timeLists(report, store, 'search, three words', '', (i) => ({
    q: `w${i % 20} w${30 + i} w${90 + i} `,
  }));
  await timeLists(report, store, 'search, common word, provider and state', '', (i) => ({
    q: `w${i % 20} `,
    filter: { provider: ['openai'], state: ['error'] },
  }));
  await timeLists(
    report,
    store,
    'search, common word, best match',
    '',
    (i) => ({ q: `w${i % 5} `, order: 'best' }),
    20,
  );
  await timeLists(report, store, 'text without words, read through', '', () => ({ q: '🦓' }), 3);
  delay.disable();
  report('event-loop delay during the searches, p99', delay.percentile(99) / 1e6 - 1, 'ms', '< 50');

  await timePages(report, store, 'keyset page, walking back', {});
  await timePages(report, store, 'keyset page, filtered', {
    filter: { provider: ['openai'], state: ['error'] },
  });
  await remove(report, store);
  await store.close();
  database.close();
}

const listInput = (over: Partial<ListInput>): ListInput => ({
  q: '',
  filter: { provider: [], state: [] },
  order: 'newest',
  before: null,
  limit: 50,
  ...over,
});

function times(report: Report, figure: string, samples: number[], target = '') {
  samples.sort((a, b) => a - b);
  report(`${figure}, p50`, at(samples, 0.5), 'ms');
  report(`${figure}, p95`, at(samples, 0.95), 'ms', target);
}

async function timeLists(
  report: Report,
  store: HistoryStore,
  figure: string,
  target: string,
  input: (i: number) => Partial<ListInput>,
  tries = TRIES,
) {
  const samples: number[] = [];
  for (let i = 0; i < tries; i++) {
    const from = performance.now();
    await store.list(listInput(input(i)));
    samples.push(performance.now() - from);
  }
  times(report, figure, samples, target);
}

async function timePages(report: Report, store: HistoryStore, figure: string, over: Partial<ListInput>) {
  const samples: number[] = [];
  let before: string | null = null;
  for (let i = 0; i < TRIES; i++) {
    const from = performance.now();
    const page = await store.list(listInput({ ...over, before }));
    samples.push(performance.now() - from);
    before = page.next;
  }
  times(report, figure, samples, '< 10');
}

async function remove(report: Report, store: HistoryStore) {
  const samples: number[] = [];
  for (let i = 0; i < 20; i++) {
    const { rows } = await store.list(listInput({ limit: 1 }));
    const from = performance.now();
    store.delete(rows[0]!.id);
    samples.push(performance.now() - from);
  }
  times(report, 'delete one', samples);
  const from = performance.now();
  store.deleteAll();
  report('delete all', performance.now() - from, 'ms');
}

if (import.meta.main) await run(process.argv.slice(2));
