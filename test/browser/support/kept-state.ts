// What the window has given to core to keep between starts, read from the database beside the running app.
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import type { RunningApp } from '../../support/running-app.ts';

/** Waits until `text` is kept: the window hands over what is typed a moment after the typing, and shows no sign of it. */
export async function isKept({ dataDir }: RunningApp, text: string): Promise<void> {
  const db = new DatabaseSync(path.join(dataDir, 'keybench.db'), { readOnly: true });
  try {
    await expect
      .poll(() => String(db.prepare('SELECT state FROM ui WHERE id = 1').get()?.state))
      .toContain(text);
  } finally {
    db.close();
  }
}
