// Keeps the full-text index in step with `texts`. The index has no copy of the text (external content), so whoever removes
// a row must say exactly what it held: https://www.sqlite.org/fts5.html#external_content_tables
// Rule: a request is in the index exactly when its state is not 'streaming'.
import type { DatabaseSync } from 'node:sqlite';

export function createTextIndex(db: DatabaseSync) {
  const add = db.prepare(
    'INSERT INTO search (rowid, name, model, prompt, answer) SELECT seq, name, model, prompt, answer FROM texts WHERE seq = ?',
  );
  const remove = db.prepare(
    "INSERT INTO search (search, rowid, name, model, prompt, answer) SELECT 'delete', seq, name, model, prompt, answer FROM texts WHERE seq = ?",
  );
  const clear = db.prepare("INSERT INTO search (search) VALUES ('delete-all')");
  return {
    add: (seq: number) => void add.run(seq),
    remove: (seq: number) => void remove.run(seq),
    clear: () => void clear.run(),
  };
}
