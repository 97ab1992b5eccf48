// The scanner's tables. A secret is never in them: a finding holds its masked form and two fingerprints.
import type { DatabaseSync } from 'node:sqlite';

export function createSchema2(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE scan_repos (
      id TEXT PRIMARY KEY,
      -- The real path of its top folder, so that one repository cannot be added twice.
      path TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      added_at REAL NOT NULL,
      -- The user has agreed to read it although it belongs to someone else.
      trusted INTEGER NOT NULL DEFAULT 0,
      -- Under which name the cache knows its object folder; of use when the repository is gone.
      store TEXT,
      -- JSON of the contract's LastScan.
      last_scan TEXT
    ) STRICT;

    -- What findings have in common, told once: there are a few hundred of these.
    CREATE TABLE finding_kinds (
      id INTEGER PRIMARY KEY,
      rule TEXT NOT NULL,
      provider TEXT NOT NULL,
      -- 0 high, 1 medium, 2 low: sorts as people expect.
      severity INTEGER NOT NULL,
      source TEXT NOT NULL,
      description TEXT NOT NULL,
      UNIQUE (rule, provider, severity, source, description)
    ) STRICT;

    CREATE TABLE findings (
      -- Never given twice: a window may still hold the number of a finding that is gone.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      repo_id TEXT NOT NULL REFERENCES scan_repos (id) ON DELETE CASCADE,
      kind INTEGER NOT NULL REFERENCES finding_kinds (id),
      severity INTEGER NOT NULL,
      path TEXT NOT NULL,
      line INTEGER NOT NULL,
      col INTEGER NOT NULL,
      masked TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      -- Equal to keys.fingerprint of the stored key that it is; compared when read, since keys come and go.
      key_fingerprint TEXT,
      oid TEXT,
      commit_oid TEXT,
      author TEXT,
      email TEXT,
      at REAL,
      -- JSON list.
      refs TEXT NOT NULL,
      versions INTEGER NOT NULL,
      present INTEGER,
      suppressed TEXT,
      -- Kept in step with finding_marks, so that lists need not join it.
      marked INTEGER NOT NULL DEFAULT 0,
      first_seen REAL NOT NULL,
      -- Lower case: path and author, for the search in the list.
      words TEXT NOT NULL
    ) STRICT;
    -- All that lists filter, sort and count by, so that only the rows of a page are read.
    CREATE INDEX findings_list
      ON findings (repo_id, marked, suppressed, kind, present, severity, path, line, at);
    CREATE INDEX findings_place ON findings (fingerprint, repo_id, path);
    CREATE INDEX findings_key ON findings (key_fingerprint) WHERE key_fingerprint IS NOT NULL;

    CREATE TABLE finding_marks (
      fingerprint TEXT NOT NULL,
      -- Empty: everywhere.
      repo_id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('false-alarm', 'accepted')),
      reason TEXT NOT NULL,
      at REAL NOT NULL,
      PRIMARY KEY (fingerprint, repo_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX keys_fingerprint ON keys (fingerprint);
  `);
}
