// Everything that writes requests: begin, append, finish, what a crash left, delete. Each is one durable transaction.
import type { DatabaseSync } from 'node:sqlite';
import type { RequestState } from '../../../preload/contract/requests.ts';
import { type EndEvent, headOf, plainText, searchedText } from './entry-rows.ts';
import { packRecords, unpackRecords } from './record-rows.ts';
import type { Ending, RecordSink } from './records.ts';
import { createTextIndex } from './text-index.ts';
import { transact } from './transact.ts';
import { finishVacuum, wantVacuum } from './vacuum.ts';

export interface EntryWriter extends RecordSink {
  /** Marks the running requests of dead owners as interrupted, with the text they had. Returns how many. */
  interrupt(isAlive: (owner: string) => boolean): number;
  /** False when there is none of this id. */
  delete(id: string): boolean;
  /** Returns how many there were. The file is rebuilt, so this takes time in proportion to its size. */
  deleteAll(): number;
}

const TABLES = ['requests', 'drafts', 'endings', 'records', 'partials', 'texts'] as const;

export function createEntryWriter(db: DatabaseSync, owner: string): EntryWriter {
  const index = createTextIndex(db);
  const sql = {
    request:
      db.prepare(`INSERT INTO requests (id, at, name, provider, api, model, state, key_name, prompt_head, owner)
      VALUES (?, ?, ?, ?, ?, ?, 'streaming', ?, ?, ?)`),
    draft: db.prepare('INSERT INTO drafts VALUES (?, ?)'),
    text: db.prepare("INSERT INTO texts VALUES (?, ?, ?, ?, '')"),
    find: db.prepare('SELECT seq, state FROM requests WHERE id = ?'),
    records: db.prepare('INSERT INTO records (seq, items, bytes) VALUES (?, ?, ?)'),
    partial: db.prepare('INSERT INTO partials (seq, text) VALUES (?, ?)'),
    end: db.prepare(`UPDATE requests SET state = ?, status = ?, attempts = ?, ttft = ?, total = ?, usage = ?,
      model = coalesce(?, model) WHERE seq = ?`),
    ending: db.prepare('INSERT INTO endings VALUES (?, ?)'),
    answer: db.prepare('UPDATE texts SET answer = ?, model = coalesce(?, model) WHERE seq = ?'),
    dropPartials: db.prepare('DELETE FROM partials WHERE seq = ?'),
    running: db.prepare("SELECT seq, owner, model FROM requests WHERE state = 'streaming'"),
    partials: db.prepare('SELECT text FROM partials WHERE seq = ? ORDER BY id'),
    recorded: db.prepare('SELECT items, bytes FROM records WHERE seq = ? ORDER BY id'),
    remove: TABLES.map((table) => db.prepare(`DELETE FROM ${table} WHERE seq = ?`)),
  };
  const find = (id: string) => sql.find.get(id) as { seq: number; state: RequestState } | undefined;
  /** A request that was deleted while it ran stays deleted: what still comes of it is dropped. */
  const running = (id: string): number | null => {
    const row = find(id);
    return row?.state === 'streaming' ? row.seq : null;
  };

  const end = (seq: number, ending: Omit<Ending, 'state' | 'end'> & { end: EndEvent }) => {
    const model = ending.model === null ? null : plainText(ending.model);
    const usage = ending.usage === null ? null : JSON.stringify(ending.usage);
    const { state, ttft } = ending.end;
    sql.end.run(state, ending.status, ending.attempts, ttft, ending.totalMs, usage, model, seq);
    sql.ending.run(seq, JSON.stringify(ending.end));
    sql.answer.run(searchedText(ending.answer), model, seq);
    sql.dropPartials.run(seq);
    index.add(seq);
  };

  const interruptOne = (seq: number, model: string | null) => {
    let status: number | null = null;
    let attempts = 0;
    let totalMs = 0;
    let bytes = 0;
    for (const row of sql.recorded.all(seq) as { items: string; bytes: Uint8Array }[])
      for (const record of unpackRecords(row)) {
        totalMs = Math.max(totalMs, record.t);
        if (record.k === 'attempt') attempts = record.n;
        if (record.k === 'head') status = record.status;
        if (record.k === 'bytes') bytes += record.bytes.byteLength;
      }
    // Stored as JSON, because a piece may end in the middle of a surrogate pair that the next one completes.
    const pieces = sql.partials.all(seq).map((row) => JSON.parse(row.text as string) as string);
    end(seq, {
      end: {
        k: 'end',
        t: totalMs,
        state: 'interrupted',
        finish: null,
        error: null,
        ttft: null,
        usage: null,
        model,
        requestId: null,
        bytes,
      },
      status,
      attempts,
      totalMs,
      model,
      usage: null,
      answer: pieces.join(''),
    });
  };

  return {
    begin(entry) {
      const { draft, model } = entry;
      const name = plainText(draft.name);
      const prompt = searchedText(entry.prompt);
      transact(db, () => {
        const { lastInsertRowid } = sql.request.run(
          entry.id,
          entry.at,
          name,
          draft.provider,
          draft.api,
          model === null ? null : plainText(model),
          entry.keyName,
          headOf(prompt),
          owner,
        );
        const seq = Number(lastInsertRowid);
        sql.draft.run(seq, JSON.stringify(draft));
        sql.text.run(seq, name, plainText(model ?? ''), prompt);
      });
    },
    append(id, records, answer) {
      if (records.length === 0 && answer === '') return;
      const { items, bytes } = packRecords(records);
      transact(db, () => {
        const seq = running(id);
        if (seq === null) return;
        if (records.length > 0) sql.records.run(seq, items, bytes);
        if (answer) sql.partial.run(seq, JSON.stringify(answer));
      });
    },
    finish(id, ending) {
      transact(db, () => {
        const seq = running(id);
        if (seq !== null) end(seq, { ...ending, end: { ...ending.end, state: ending.state } });
      });
    },
    interrupt(isAlive) {
      let count = 0;
      const failed: unknown[] = [];
      for (const row of sql.running.all() as { seq: number; owner: string; model: string | null }[]) {
        if (row.owner === owner || isAlive(row.owner)) continue;
        try {
          transact(db, () => interruptOne(row.seq, row.model));
          count++;
        } catch (error) {
          failed.push(error); // one damaged row may not keep the others
        }
      }
      if (failed.length > 0) throw failed[0];
      return count;
    },
    delete: (id) =>
      transact(db, () => {
        const row = find(id);
        if (!row) return false;
        if (row.state !== 'streaming') index.remove(row.seq);
        for (const statement of sql.remove) statement.run(row.seq);
        return true;
      }),
    deleteAll() {
      // The rebuilding leaves none of the old pages, so they need not be overwritten one by one first: that took three times
      // as long. If the process dies in between, the next start rebuilds.
      db.exec('PRAGMA secure_delete = OFF');
      try {
        const count = transact(db, () => {
          const { n } = db.prepare('SELECT count(*) AS n FROM requests').get() as { n: number };
          index.clear();
          for (const table of TABLES) db.exec(`DELETE FROM ${table}`);
          wantVacuum(db);
          return n;
        });
        finishVacuum(db);
        return count;
      } finally {
        db.exec('PRAGMA secure_delete = ON');
      }
    },
  };
}
