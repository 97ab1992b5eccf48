// What streaming-child.ts has promised on its standard output, and whether a database keeps it.
import { type ChildProcess, spawn } from 'node:child_process';
import type { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { HistoryStore } from '../../../../main/core/history/history-store.ts';

export interface Running {
  child: ChildProcess;
  /** The first line was written, or the process has ended. */
  started: Promise<void>;
  /** All it wrote, once it has ended. */
  ended: Promise<{ out: string; err: string }>;
}

export function start(script: string, ...args: string[]): Running {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const started = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    started.resolve();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<{ out: string; err: string }>((resolve) => {
    child.once('close', () => resolve({ out, err }));
  });
  return { child, ended, started: Promise.race([started.promise, ended.then(() => {})]) };
}

export interface Promised {
  prompt: string;
  pieces: number;
  finished: boolean;
}

/** The last line may be cut by the kill: only whole lines were promised. */
export function readPromises(out: string): Map<string, Promised> {
  const promised = new Map<string, Promised>();
  for (const line of out.split('\n').slice(0, -1)) {
    const [what, id = '', value = ''] = line.split(' ');
    if (what === 'begin') promised.set(id, { prompt: value, pieces: 0, finished: false });
    if (what === 'piece') promised.get(id)!.pieces = Number(value);
    if (what === 'finish') promised.get(id)!.finished = true;
  }
  return promised;
}

const textOf = (pieces: number) => Array.from({ length: pieces }, (_, i) => `w${i}é😀 `).join('');

/** Checks one request against what was promised. Returns its state. */
export function expectKept(store: HistoryStore, db: DatabaseSync, id: string, promised: Promised) {
  const { row, end } = store.entry(id);
  expect(row.prompt).toBe(promised.prompt);
  const { answer } = db
    .prepare('SELECT answer FROM texts JOIN requests USING (seq) WHERE id = ?')
    .get(id) as { answer: string };
  // More than was promised may be there (committed, not yet said), but only the pieces in order.
  expect(textOf(20).startsWith(answer)).toBe(true);
  expect(answer.length).toBeGreaterThanOrEqual(textOf(promised.pieces).length);
  const bytes = [...store.records(id)].flatMap((record) => (record.k === 'bytes' ? [record.bytes] : []));
  expect(Buffer.concat(bytes).toString()).toBe(answer);
  if (promised.finished) expect(row.state).toBe('complete');
  expect(['complete', 'interrupted']).toContain(row.state);
  expect(end?.state).toBe(row.state);
  return row.state;
}

export function expectWhole(db: DatabaseSync) {
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  db.exec("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");
  expect(db.prepare("SELECT count(*) AS n FROM requests WHERE state = 'streaming'").get()).toEqual({ n: 0 });
  expect(db.prepare('SELECT count(*) AS n FROM partials').get()).toEqual({ n: 0 });
}
