// The first schema. Rules: a released migration is never edited; times are epoch milliseconds; `seq` is the order of
// everything, since clocks jump and it does not.
import type { DatabaseSync } from 'node:sqlite';

export function createSchema1(db: DatabaseSync): void {
  db.exec(`
    -- What is known of a key. Never the key: that is in the keychain under "id".
    CREATE TABLE keys (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      provider TEXT NOT NULL,
      origin TEXT NOT NULL,
      base_url TEXT NOT NULL,
      last4 TEXT NOT NULL DEFAULT '',
      fingerprint TEXT NOT NULL DEFAULT '',
      backend TEXT NOT NULL CHECK (backend IN ('keychain', 'memory', 'vault')),
      created_at REAL NOT NULL,
      last_used_at REAL,
      uses INTEGER NOT NULL DEFAULT 0,
      last_check TEXT,
      state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'deleting')),
      version INTEGER NOT NULL DEFAULT 1
    ) STRICT;

    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE ui (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT;
    CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    -- One small row per request: lists and filters read only this table.
    CREATE TABLE requests (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      at REAL NOT NULL,
      name TEXT NOT NULL,
      provider TEXT NOT NULL,
      api TEXT NOT NULL,
      model TEXT,
      state TEXT NOT NULL,
      status INTEGER,
      attempts INTEGER NOT NULL DEFAULT 0,
      ttft REAL,
      total REAL,
      usage TEXT,
      key_name TEXT,
      prompt_head TEXT NOT NULL,
      -- The process that writes it; only meaningful while "state" is 'streaming'.
      owner TEXT NOT NULL
    ) STRICT;
    -- Both end in seq (the rowid), so a filtered page is read newest first without sorting.
    CREATE INDEX requests_state ON requests (state);
    CREATE INDEX requests_provider ON requests (provider, state);

    CREATE TABLE drafts (seq INTEGER PRIMARY KEY, draft TEXT NOT NULL) STRICT;
    CREATE TABLE endings (seq INTEGER PRIMARY KEY, ending TEXT NOT NULL) STRICT;

    -- One row per commit of a stream: "items" is a JSON list of control events and of [attempt, ms, length] for each
    -- chunk of "bytes", in the order of arrival.
    CREATE TABLE records (
      id INTEGER PRIMARY KEY,
      seq INTEGER NOT NULL,
      items TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX records_seq ON records (seq);
    -- Decoded text of a running request, for the case that it never ends. Gone when it has.
    CREATE TABLE partials (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
    CREATE INDEX partials_seq ON partials (seq);

    CREATE TABLE texts (
      seq INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      model TEXT NOT NULL,
      prompt TEXT NOT NULL,
      answer TEXT NOT NULL
    ) STRICT;
    -- A row is in the index exactly when its request is no longer 'streaming'.
    CREATE VIRTUAL TABLE search USING fts5 (
      name, model, prompt, answer,
      content = 'texts', content_rowid = 'seq',
      prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
    );
    -- Deleted words leave the index file itself, not only its results.
    INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
    INSERT INTO search (search, rank) VALUES ('rank', 'bm25(4.0, 2.0, 2.0, 1.0)');
  `);
}
