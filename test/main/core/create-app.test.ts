import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type App, type AppDeps, createApp } from '../../../main/core/create-app.ts';
import { TEST_CAPABILITIES } from '../../support/test-contract.ts';

let dataDir: string;
let app: App | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'keybench-app-'));
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

const deps = (): AppDeps => ({
  dataDir,
  version: '0.0.0-test',
  capabilities: TEST_CAPABILITIES,
  openLink: async () => {},
  spawnKeytar: () => {
    throw new Error('There is no keychain in this test.');
  },
  entries: { searchWorker: path.resolve('main/core/history/search-worker.ts') },
  longLived: false,
});

const context = () => ({ signal: new AbortController().signal });

it('starts over a request that was interrupted and cannot be read, and marks the others', async () => {
  await (await createApp(deps())).close();
  const db = new DatabaseSync(path.join(dataDir, 'keybench.db'));
  const dead = '00000000-0000-4000-8000-000000000000';
  for (const id of ['damaged', 'whole']) {
    const { lastInsertRowid: seq } = db
      .prepare(
        `INSERT INTO requests (id, at, name, provider, api, state, prompt_head, owner)
         VALUES (?, 1, '', 'demo', 'anthropic.messages', 'streaming', '', ?)`,
      )
      .run(id, dead);
    db.prepare("INSERT INTO drafts VALUES (?, '{}')").run(seq);
    db.prepare("INSERT INTO texts VALUES (?, '', '', '', '')").run(seq);
    db.prepare('INSERT INTO partials (seq, text) VALUES (?, ?)').run(
      seq,
      id === 'whole' ? '"so far"' : 'no JSON',
    );
  }
  db.close();

  app = await createApp(deps());
  const get = async (id: string) => (await app?.handlers['history.get']({ id }, context()))?.state;
  expect(await get('whole')).toBe('interrupted');
  expect(await get('damaged')).toBe('streaming');
});
