// A process to be killed: runs four requests at a time as fast as the disk lets it, and writes one line to its standard
// output after each commit. What the parent has read, it was promised.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { systemClock } from '../../../../main/core/clock.ts';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { attemptOf, bytesOf, endingOf, headOf, newEntry } from './entries.ts';

const database = openDatabase(process.argv[2]!, { clock: systemClock });
const store = createHistoryStore({ db: database.db, instance: database.instance });
if (database.status().state !== 'ok') throw new Error(database.status().problem);
// For the power cuts: with FULL, or as a counter-test with what SQLite is often built with. No checkpoints, so that all
// new content is in blocks the file system has not given out yet: the ones a cut takes away here.
const mode = process.argv[3];
if (mode) database.db.exec(`PRAGMA synchronous = ${mode}; PRAGMA wal_autocheckpoint = 0`);
store.recover();

const promise = (line: string) => fs.writeSync(1, `${line}\n`);
const running = new Map<string, { pieces: number; text: string }>();
for (;;) {
  if (running.size < 4) {
    const entry = newEntry({ prompt: `prompt${randomUUID().slice(0, 8)}` });
    store.begin(entry);
    promise(`begin ${entry.id} ${entry.prompt}`);
    running.set(entry.id, { pieces: 0, text: '' });
  }
  for (const [id, request] of running) {
    const piece = `w${request.pieces}é😀 `;
    const control = request.pieces === 0 ? [attemptOf(), headOf()] : [];
    store.append(id, [...control, bytesOf(piece, request.pieces)], piece);
    request.text += piece;
    promise(`piece ${id} ${++request.pieces}`);
    if (request.pieces < 20) continue;
    store.finish(id, endingOf({ answer: request.text }));
    promise(`finish ${id}`);
    running.delete(id);
  }
}
