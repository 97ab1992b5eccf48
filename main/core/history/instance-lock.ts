// Who is alive. Each process holds an operating system lock on a file of its own, through SQLite, which has the same
// locks on every platform. The system drops them when a process dies, however it dies: no heartbeat, no clock, no pid reuse.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { privateFolder } from './private-files.ts';

export interface Instance {
  readonly id: string;
  /** Does the process with this id still run? */
  isAlive(id: string): boolean;
  release(): void;
}

const ID = /^[0-9a-f-]{36}$/;

/** For databases that no other process can see. */
export function loneInstance(): Instance {
  const id = randomUUID();
  return { id, isAlive: (other) => other === id, release: () => {} };
}

/**
 * Takes this process's lock in `folder`. `crashed`: a process ended without releasing its own, so the last exit was not
 * clean; its file is removed. `others`: how many other processes hold one.
 */
export function holdInstance(folder: string): { instance: Instance; crashed: boolean; others: number } {
  privateFolder(folder);
  const { id, lock } = take(folder);
  const isAlive = (other: string) => {
    if (other === id) return true;
    return ID.test(other) && fs.existsSync(file(folder, other)) && !probe(file(folder, other));
  };
  const release = () => {
    lock.close();
    remove(file(folder, id));
  };
  return { instance: { id, isAlive, release }, ...sweep(folder, id) };
}

const file = (folder: string, id: string) => join(folder, `${id}.lock`);

function remove(path: string) {
  fs.rmSync(path, { force: true });
  fs.rmSync(`${path}-journal`, { force: true });
}

function take(folder: string): { id: string; lock: DatabaseSync } {
  for (;;) {
    const id = randomUUID();
    const lock = new DatabaseSync(file(folder, id), { timeout: 1000 });
    lock.exec('PRAGMA journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    // Another process may have swept the file between its creation and the lock; then we hold a lock nobody can see.
    if (fs.existsSync(file(folder, id))) return { id, lock };
    lock.close();
  }
}

/** Removes the files of dead processes and counts the living. */
function sweep(folder: string, own: string): { crashed: boolean; others: number } {
  const result = { crashed: false, others: 0 };
  for (const name of fs.readdirSync(folder)) {
    const id = name.replace(/\.lock$/, '');
    if (id === own || !ID.test(id)) continue;
    if (probe(file(folder, id), remove)) result.crashed = true;
    else result.others++;
  }
  return result;
}

/** True when nobody holds the lock; `act` runs while this process does. */
function probe(path: string, act?: (path: string) => void): boolean {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: 0 });
    db.exec('PRAGMA journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    act?.(path);
    return true;
  } catch {
    return false;
  } finally {
    db?.close();
  }
}
