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
      -- JSON of the contract's LastScan.
      last_scan TEXT
    ) STRICT;

    CREATE TABLE findings (
      -- Never given twice: a window may still hold the number of a finding that is gone.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      repo_id TEXT NOT NULL REFERENCES scan_repos (id) ON DELETE CASCADE,
      rule TEXT NOT NULL,
      provider TEXT NOT NULL,
      -- 0 high, 1 medium, 2 low: sorts as people expect.
      severity INTEGER NOT NULL,
      description TEXT NOT NULL,
      masked TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      -- Equal to keys.fingerprint of the stored key that it is; compared when read, since keys come and go.
      key_fingerprint TEXT,
      source TEXT NOT NULL,
      path TEXT NOT NULL,
      line INTEGER NOT NULL,
      col INTEGER NOT NULL,
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
      -- Lower case: path, rule, provider and author, for the search in the list.
      words TEXT NOT NULL
    ) STRICT;
    CREATE INDEX findings_place ON findings (repo_id, fingerprint, path);
    CREATE INDEX findings_fingerprint ON findings (fingerprint);
    CREATE INDEX findings_key ON findings (key_fingerprint) WHERE key_fingerprint IS NOT NULL;
    -- Holds all that is counted, so that counting never reads the rows.
    CREATE INDEX findings_counts
      ON findings (repo_id, marked, suppressed, severity, provider, rule, source, present);
    -- Each order ends in the same three, so that pages never overlap.
    CREATE INDEX findings_by_severity ON findings (severity, path, line, id);

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
