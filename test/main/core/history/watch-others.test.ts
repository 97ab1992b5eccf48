import { expect, test, vi } from 'vitest';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { openMemory } from '../../../../main/core/history/open-file.ts';

test('a disk that fails the look for writes of others ends nothing', async () => {
  const db = openMemory(0);
  const looks = vi
    .fn()
    .mockReturnValueOnce({ data_version: 1 })
    .mockImplementation(() => {
      throw new Error('disk I/O error');
    });
  const prepare = db.prepare.bind(db);
  db.prepare = (sql) => (sql.includes('data_version') ? ({ get: looks } as never) : prepare(sql));
  const watching = createHistoryStore({ db, watchMs: 5 });
  await expect.poll(() => looks.mock.calls.length).toBeGreaterThan(3);
  await watching.close();
  db.close();
});
