// Two later schemas that do not exist yet: slow enough to be killed in the middle, and easy to tell apart.
import { MIGRATIONS, type Migration } from '../../../../main/core/history/migrations.ts';

export const upgrades: readonly Migration[] = [
  ...MIGRATIONS,
  (db) =>
    db.exec(`
      ALTER TABLE requests ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
      UPDATE requests SET pinned = 2, name = name || '2';
      CREATE TABLE pins AS SELECT seq, hex(randomblob(400)) AS why FROM requests;
    `),
  (db) =>
    db.exec(`
      UPDATE requests SET pinned = 3, name = name || '3';
      CREATE TABLE more_pins AS SELECT seq, hex(randomblob(400)) AS why FROM requests;
    `),
];
