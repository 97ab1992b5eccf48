// Repositories, scans and findings as a person sees them; axe on every state of the screen, in both themes.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { violationsInBothThemes } from '../../../browser/support/accessible.ts';
import { finding, lastScan, OTHER_REPO, REPO, repo, run } from '../../../support/fake-core/scanner-world.ts';
import { core, details, dialog, focusList, openScanner, rows, title } from './scanner-window.ts';

const NONE = { high: 0, medium: 0, low: 0, known: 0 };

describe('without findings', () => {
  test('an empty list says what the screen is for and how to begin', async () => {
    const { page, world } = await openScanner({ count: 0, state: { repos: [], keys: [] } });
    await page.getByText('No repository added').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add folder…' }).click();
    await dialog(page).getByText('Add a repository').waitFor();
    await dialog(page)
      .getByRole('option', { name: /web-api/ })
      .waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await dialog(page)
      .getByRole('option', { name: /web-api/ })
      .click();
    await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('1 repository added').waitFor();
    expect(world.calls).toEqual([['add', { path: '/home/ada/web-api' }]]);
  });

  test('a clean result says what was read and when; with parts unread it is not called clean', async () => {
    const { page, world } = await openScanner({
      count: 0,
      state: { keys: [], repos: [repo({ open: NONE })] },
    });
    await page.getByText('No findings in 18,112 objects').waitFor();
    await page.getByText(/^Scanned at /).waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    const shallow = { kind: 'shallow' as const, text: 'This is a shallow clone.', harmless: false };
    const big = { kind: 'too-big' as const, text: '2 contents over 50 MB were skipped.', harmless: true };
    world.show({ repos: [repo({ open: NONE, lastScan: lastScan({ issues: [big, shallow] }) })] });
    await page
      .getByRole('region', { name: 'Findings' })
      .getByText('Nothing was found, but not everything could be read')
      .waitFor();
    await title(page).getByText('This is a shallow clone.').waitFor();
    await page.getByRole('button', { name: '1 more' }).click();
    await page.getByText('2 contents over 50 MB were skipped.').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    world.show({ repos: [repo({ open: NONE, lastScan: null })] });
    await page.getByText('Not scanned yet').waitFor();
    world.show({
      repos: [
        repo({
          open: NONE,
          lastScan: lastScan({ state: 'failed', error: 'git was not found.', counts: null }),
        }),
      ],
    });
    await page.getByRole('alert').getByText('git was not found.').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
  });

  test('a repository of another user is scanned only after a yes', async () => {
    const { page, world } = await openScanner({
      count: 0,
      state: { keys: [], repos: [repo({ open: NONE, lastScan: null, state: 'foreign' })] },
    });
    await title(page).getByRole('button', { name: 'Scan', exact: true }).click();
    await dialog(page).getByText('This repository belongs to another user').waitFor();
    expect(world.calls).toEqual([]);
    expect(await violationsInBothThemes(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Scan it' }).click();
    await expect
      .poll(() => world.calls)
      .toEqual([['start', { repoIds: [REPO], profile: 'history', trust: true }]]);
  });
});

describe('a running scan', () => {
  test('shows exact progress, is announced by quarters, and can be stopped', async () => {
    const { page, world } = await openScanner({ count: 2, state: { runs: [run()] } });
    await title(page)
      .getByText('71 % of 18,112 objects, 212.00 MB · 38 s left · 3 findings so far')
      .waitFor();
    await page.getByText('Scanning 71 %').waitFor();
    await page.getByText('Scan of web-api: 50 percent').waitFor({ state: 'attached' });
    const bar = page.getByRole('progressbar').first();
    expect(await bar.getAttribute('aria-valuenow')).toBe('71');
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect.poll(() => world.calls).toEqual([['stop', { repoId: REPO }]]);
    world.show({ runs: [] });
    await page.getByText('Scan of web-api is done: 3 open findings.').waitFor({ state: 'attached' });
    await expect.poll(() => page.getByRole('progressbar').count()).toBe(0);
  });

  test('findings appear while it runs, before they have a place', async () => {
    const { page, world } = await openScanner({ count: 0, state: { runs: [run()] } });
    await title(page).waitFor();
    world.findings.push(finding(0, { provisional: true, path: '', key: null }));
    world.show({});
    await rows(page).first().getByText('finding its place…').waitFor();
    await rows(page).first().getByText('Just found').waitFor();
    expect(await details(page).getByRole('button', { name: 'Mark…' }).isDisabled()).toBe(true);
  });

  test('Ctrl Enter scans with the chosen profile', async () => {
    const { page, world } = await openScanner();
    await focusList(page);
    await page.getByRole('button', { name: 'What to scan: Full history' }).click();
    await page.getByRole('menuitem', { name: /^Working tree/ }).click();
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(() => world.calls)
      .toEqual([['start', { repoIds: [REPO, OTHER_REPO], profile: 'worktree', trust: false }]]);
  });
});

describe('findings', () => {
  test('name the key, show the lines, and say what to do; all by keyboard', async () => {
    const { page, world } = await openScanner();
    await focusList(page);
    await rows(page).first().getByText('= work-anthropic').waitFor();
    await details(page).getByText('This is work-anthropic, a key that Keybench holds.').waitFor();
    await details(page).getByText('apiKey:').waitFor();
    await details(page).getByText('git filter-repo --replace-text replacements.txt').waitFor();
    await details(page).getByText('docs/setup.md:8').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.keyboard.press('j');
    await details(page)
      .getByRole('heading', { name: /openai-project-key/ })
      .waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Mark…');
    await page.keyboard.press('Enter');
    await dialog(page).getByText('Mark this finding').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await dialog(page)
      .getByRole('radio', { name: /^False alarm/ })
      .waitFor();
    await dialog(page).getByLabel('Reason').fill('a test value');
    await page.keyboard.press('Enter');
    await page.getByText('Finding marked').waitFor();
    expect(world.calls).toEqual([
      ['mark', { ids: [2], kind: 'false-alarm', scope: 'repository', reason: 'a test value' }],
    ]);
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rows(page).count()).toBe(3);
  });

  test('are narrowed by words, facets and switches, and the filter is cleared in one go', async () => {
    const { page } = await openScanner({ count: 40 });
    const total = title(page).getByRole('status');
    await total.filter({ hasText: '40 findings' }).waitFor();
    await title(page).getByRole('button', { name: 'Rule', exact: true }).click();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.getByRole('menuitem', { name: /^jwt/ }).click();
    await total.filter({ hasText: '10 findings' }).waitFor();
    await page.keyboard.press('Escape');
    await title(page).getByRole('button', { name: 'Clear filter' }).click();
    await title(page).getByRole('button', { name: 'My keys' }).click();
    await total.filter({ hasText: '1 finding' }).waitFor();
    await title(page).getByLabel('Filter by path').fill('nowhere');
    await page.getByText('No finding matches').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.getByText('Clear filter').last().click();
    await total.filter({ hasText: '40 findings' }).waitFor();
  });

  test('50,000 rows: the last one is one key away, and only what is looked at is fetched', async () => {
    const { page, world } = await openScanner({ count: 0 });
    for (let n = 0; n < 50_000; n++) world.findings.push(finding(n));
    world.show({});
    await focusList(page);
    await page.keyboard.press('End');
    await rows(page).getByText('src/module-49999/config.ts').waitFor();
    expect(await rows(page).count()).toBeLessThan(80);
    expect(world.asked.length).toBeLessThan(20);
    expect(Math.max(...world.asked)).toBe(49_900);
  });

  test('are exported as the filter shows them', async () => {
    const { page } = await openScanner();
    await rows(page).first().waitFor();
    const saved = page.waitForEvent('download');
    await title(page).getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'SARIF 2.1.0' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe('keybench-Scanner.sarif');
    expect(await readFile(await download.path(), 'utf8')).toBe('sarif with 3 findings');
  });

  test('Keys says in how many repositories a key was found, and leads to them', async () => {
    const { page, world } = await openScanner();
    const key = core().state.keys.find(({ name }) => name === 'prod-oncall');
    if (!key) throw new Error('The fake core has another set of keys.');
    world.findings.push(finding(9, { id: 4, key: { id: key.id, name: key.name } }));
    world.show({ keys: [{ keyId: key.id, repos: 2, findings: 5 }] });
    await page.getByRole('button', { name: 'Scanner, needs attention' }).waitFor();
    await page.getByRole('button', { name: '1 key leaked' }).waitFor();
    await page.keyboard.press('Control+1');
    const keyDetails = page.getByRole('region', { name: 'Key details' });
    await page.getByRole('option').filter({ hasText: 'prod-oncall' }).click();
    await keyDetails.getByText('Found in 2 repositories.').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await keyDetails.getByRole('button', { name: 'Show findings' }).click();
    await rows(page).first().getByText('= prod-oncall').waitFor();
    expect(await rows(page).count()).toBe(1);
  });
});
