// One small thing written to a database and read back, and what a database in memory must say.
import { expect } from 'vitest';
import { type Database, transact } from '../../../../main/core/history/database.ts';

export const setName = (opened: Database, value: string) =>
  transact(opened.db, () =>
    opened.db.prepare('INSERT OR REPLACE INTO notes VALUES (?, ?)').run('name', value),
  );
export const getName = (opened: Database) =>
  opened.db.prepare("SELECT value FROM notes WHERE key = 'name'").get()?.value;

export function expectMemory(opened: Database, problem: RegExp, remedy: RegExp) {
  const status = opened.status();
  expect(status.state).toBe('memory');
  expect(status.problem).toMatch(problem);
  expect(status.problem).toMatch(/^[^\n]+\.$/);
  expect(status.remedy).toMatch(remedy);
  expect(opened.file).toBeNull();
  setName(opened, 'works');
  expect(getName(opened)).toBe('works');
  opened.close();
}
