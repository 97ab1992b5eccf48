// The scanner on real repositories, keys in a real keyring: add, scan, watch, stop, filter, open, accept, export,
// scan again, and the leaked key by its name.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../../main/core/scanner/rules/sample.ts';
import { writeSyntheticRepo } from '../../scripts/bench/support/synthetic-repo.ts';
import { chromiumPath } from '../support/chromium.ts';
import { createRepo, type GitRepo } from '../support/git-repo.ts';
import { type Keyring, keyringMissing, startKeyring } from '../support/keyring.ts';
import { type ProviderServer, startProviderServer } from '../support/provider-server.ts';
import { type AppWindow, openAppWindow, type RunningApp, startApp } from '../support/running-app.ts';
import { violationsInBothThemes } from './support/accessible.ts';
import { fillKey, goTo, keyRow, region, submitKey } from './support/screens.ts';

const missing = keyringMissing() ?? (chromiumPath ? null : 'no Chromium was found');
if (missing) console.log(`Skipped: the scanner in the window needs what is not here: ${missing}.`);

/** Of no known format: only who holds it can find it. */
const STORED = `CANARY-${randomUUID()}`;
const COMMITTED = sample('sk-ant-api03-[url:93]AA', 1);
const IGNORED = sample('hf_[a:34]', 2);
const LARGE_MB = 100;

/** Stops the first git below `pid` that reads contents, as soon as there is one. */
async function freezeReader(pid: number): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(2)) {
    for (const child of childrenOf(pid)) {
      const args = readProc(child, 'cmdline').split('\0');
      if (!args.includes('cat-file') || !args.includes('--batch')) continue;
      process.kill(child, 'SIGSTOP');
      return;
    }
  }
  throw new Error('No git was seen reading.');
}

function childrenOf(pid: number): number[] {
  const tasks = fs.existsSync(`/proc/${pid}/task`) ? fs.readdirSync(`/proc/${pid}/task`) : [];
  return tasks.flatMap((task) =>
    readProc(pid, `task/${task}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** Empty for a process or thread that has ended. */
function readProc(pid: number, file: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

describe.skipIf(missing)('the scanner', () => {
  let keyring: Keyring;
  let server: ProviderServer;
  let app: RunningApp;
  let window: AppWindow;
  let repo: GitRepo;
  const page = () => window.page;
  const title = () => region(page(), 'Scanner');
  const rows = () => page().getByRole('listbox', { name: 'Findings' }).getByRole('option');
  const row = (text: string) => rows().filter({ hasText: text });
  const details = () => region(page(), 'Finding details');
  const total = (text: string) => title().getByRole('status').filter({ hasText: text });
  const choose = (name: string) =>
    page()
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .first()
      .click();
  const scanAndWait = async (name: string) => {
    await choose(name);
    await title().getByRole('button', { name: 'Scan', exact: true }).click();
    await page().getByText(`Scan of ${name} is done`).waitFor({ state: 'attached', timeout: 100_000 });
  };

  beforeAll(async () => {
    keyring = await startKeyring({ state: 'unlocked' });
    server = await startProviderServer((key) => key === STORED);
    repo = createRepo({ name: 'web-api' });
    repo.write('.gitignore', '.env\n');
    repo.write('src/config.ts', `export const config = {\n  apiKey: '${COMMITTED}',\n};\n`);
    repo.write('deploy.sh', `#!/bin/sh\nexport GATEWAY=${Buffer.from(STORED).toString('base64')}\n`);
    repo.commit('configuration', { author: 'Ada Lovelace', email: 'ada@example.org' });
    repo.write('src/config.ts', 'export const config = {};\n');
    repo.commit('no key in the sources');
    repo.write('.env', `HF_TOKEN=${IGNORED}\n`);
    fs.mkdirSync(path.join(repo.around, 'large.git'));
    await writeSyntheticRepo(path.join(repo.around, 'large.git'), LARGE_MB, { raw: true });
    app = await startApp({ env: keyring.env });
    window = await openAppWindow(app.url);
  });
  afterAll(async () => {
    await window?.close();
    await app?.close();
    await server?.close();
    await keyring?.close();
    repo?.remove();
  });

  it('has a key to look for', async () => {
    await goTo(page(), 'Keys');
    const baseUrl = `${server.origin}/openai/v1`;
    const dialog = await fillKey(page(), {
      provider: 'OpenAI-compatible',
      name: 'gateway',
      baseUrl,
      secret: STORED,
    });
    await submitKey(dialog);
    await keyRow(page(), 'gateway').getByText('OK', { exact: true }).waitFor();
  });

  it('is empty at first, and takes a folder that contains repositories', async () => {
    await page().keyboard.press('Control+7');
    await page().getByText('No repository added').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await page().getByRole('button', { name: 'Add folder…' }).click();
    const dialog = page().getByRole('dialog', { name: 'Add a repository' });
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(path.join(repo.around, 'nowhere'));
    await page().keyboard.press('Enter');
    await dialog.getByText(/nowhere/).waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(repo.around);
    await page().keyboard.press('Enter');
    await page().getByText('2 repositories added').waitFor();
  });

  it('shows how far it is, and stops at a press', async () => {
    await choose('large');
    // A git that says nothing more: there is time to look, and stopping must not need its consent.
    const frozen = freezeReader(app.child.pid ?? 0);
    await title().getByRole('button', { name: 'Scan', exact: true }).click();
    await frozen;
    await title()
      .getByText(/^\d+ % of [\d,]+ objects, [\d.]+ MB/)
      .waitFor();
    await page()
      .getByRole('button', { name: /^Scanning \d+ %/ })
      .waitFor();
    // It goes on while another screen is shown.
    await goTo(page(), 'History');
    await goTo(page(), 'Scanner');
    await title().getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => title().getByRole('progressbar').count()).toBe(0);
    await page().getByText('Scan was stopped').waitFor({ state: 'attached' });
  });

  it('says what was read when it is clean, and reads nothing twice', async () => {
    await scanAndWait('large');
    await page()
      .getByText(/^No findings in [\d,]+ objects$/)
      .waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await title().getByRole('button', { name: 'Scan', exact: true }).click();
    await page()
      .getByText(/^Scanned at .* Full history: 0 B read · [\d,]+ known from the scan before/)
      .waitFor();
  });

  it('finds what was committed, names the stored key, and tells a local file apart', async () => {
    await scanAndWait('web-api');
    await total('3 findings').waitFor();
    await row('anthropic-api-key').getByText('src/config.ts:2').waitFor();
    await row('= gateway').getByText('deploy.sh:2').waitFor();
    await row('Local only').getByText('.env:1').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
    await row('anthropic-api-key').click();
    await details().getByText('Ada Lovelace <ada@example.org>').waitFor();
    await details().getByText('Not in any file now').waitFor();
    await details().getByText('main', { exact: true }).waitFor();
    await details()
      .getByText(/^git .*filter-repo .*--replace-text/)
      .waitFor();
    await details().getByRole('button', { name: 'Open the page of Anthropic' }).waitFor();
    expect(await details().getByRole('region', { name: 'Lines around it' }).innerText()).toContain('apiKey:');
    await row('= gateway').click();
    await details().getByText('This is gateway, a key that Keybench holds.').waitFor();
    expect(await violationsInBothThemes(page())).toEqual([]);
  });

  it('is narrowed by a filter, and a finding is accepted with a reason', async () => {
    await title().getByRole('button', { name: 'My keys' }).click();
    await total('1 finding').waitFor();
    await title().getByRole('button', { name: 'Clear filter' }).click();
    await row('Local only').click();
    await details().getByRole('button', { name: 'Mark…' }).click();
    const dialog = page().getByRole('dialog', { name: 'Mark this finding' });
    await dialog.getByRole('radio', { name: /^Accepted/ }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('my own machine');
    await dialog.getByRole('button', { name: 'Mark', exact: true }).click();
    await total('2 findings').waitFor();
    await title().getByRole('combobox', { name: 'State' }).click();
    await page().getByRole('option', { name: 'Marked' }).click();
    await row('Accepted').waitFor();
    await details().getByText('Accepted, in this repository: my own machine').waitFor();
    await title().getByRole('button', { name: 'Clear filter' }).click();
  });

  it('is exported as SARIF, JSON and CSV, with every secret masked', async () => {
    for (const [label, ending] of [
      ['SARIF 2.1.0', 'sarif'],
      ['JSON', 'json'],
      ['CSV', 'csv'],
    ] as const) {
      const saved = page().waitForEvent('download');
      await title().getByRole('button', { name: 'Export' }).click();
      await page().getByRole('menuitem', { name: label }).click();
      const file = await saved;
      expect(file.suggestedFilename()).toBe(`keybench-web-api.${ending}`);
      const text = fs.readFileSync(await file.path(), 'utf8');
      expect(text).toContain('anthropic-api-key');
      for (const secret of [STORED, COMMITTED, IGNORED]) expect(text).not.toContain(secret);
      if (ending !== 'csv') expect(() => JSON.parse(text)).not.toThrow();
    }
  });

  it('scans again in a moment, keeps the mark, and sees what is new', async () => {
    repo.write('notes.md', `token: ${sample('gsk_[an:52]', 3)}\n`);
    repo.commit('notes');
    await scanAndWait('web-api');
    await total('3 findings').waitFor();
    await row('notes.md:1').getByText('Still in files').waitFor();
    expect(await row('.env:1').count()).toBe(0);
  });

  it('tells Keys in how many repositories a key was found', async () => {
    await page().getByRole('button', { name: '1 key leaked' }).waitFor();
    await goTo(page(), 'Keys');
    await keyRow(page(), 'gateway').click();
    await region(page(), 'Key details').getByText('Found in 1 repository.').waitFor();
    await region(page(), 'Key details').getByRole('button', { name: 'Show findings' }).click();
    await row('= gateway').waitFor();
    await total('1 finding').waitFor();
  });

  it('has shown and kept none of the secrets', async () => {
    await app.stop();
    const shown = await page().evaluate(() => document.documentElement.outerHTML);
    const kept = fs
      .readdirSync(app.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
    expect(kept.length).toBeGreaterThan(2);
    for (const secret of [STORED, COMMITTED, IGNORED])
      for (const text of [shown, app.printed(), ...kept]) expect(text.includes(secret)).toBe(false);
  });
});
