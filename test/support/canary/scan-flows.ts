// A repository in which every key was committed, in each form that a file can hold it, scanned in the window and on the
// command line. The repository itself lies outside of what is searched.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FindingRow } from '../../../preload/contract/scanner.ts';
import { createRepo, type GitRepo } from '../git-repo.ts';
import { goTo } from './key-flows.ts';
import type { CanaryRun } from './run.ts';

const SCAN_MS = 60_000;

function leakyRepo({ keys }: CanaryRun): GitRepo {
  const repo = createRepo({ name: 'leaky' });
  repo.write('.gitignore', '.env\n');
  for (const { alias, secret } of keys) {
    repo.write(`${alias}.ts`, `const key = '${secret}';\n`);
    repo.write(
      `${alias}.json`,
      JSON.stringify({ url: `https://x.example/?k=${encodeURIComponent(secret)}`, secret }),
    );
    repo.write(`${alias}.b64`, `Authorization: Basic ${Buffer.from(`u:${secret}`).toString('base64')}\n`);
    repo.write(`${alias}.utf16`, Buffer.from(`\ufeffkey=${secret}\n`, 'utf16le'));
  }
  const [first, second] = keys;
  if (!first || !second) throw new Error('A run has several keys.');
  // Where a person would not expect it: in names and messages.
  repo.write(`backup-${first.secret}.txt`, `k=${second.secret}\n`);
  repo.commit('files');
  // Through standard input: arguments and environment are searched as well.
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const by = `${second.secret} <ada@example.com> 1700000000 +0000`;
  const message = data(`rotate ${second.secret} and ${first.secret}`);
  const commands = [
    `commit refs/heads/main\nauthor ${by}\ncommitter ${by}\n${message}from refs/heads/main^0\n`,
    `M 100644 inline rotated.txt\n${data(first.secret)}`,
    `reset refs/heads/try-${first.secret}\nfrom refs/heads/main\n`,
    `tag v1\nfrom refs/heads/main\ntagger ${by}\n${message}`,
  ];
  repo.run(['fast-import', '--quiet'], { input: commands.join('') });
  repo.git('reset', '-q', '--hard');
  repo.write('.env', `KEY=${first.secret}\n`);
  return repo;
}

/** Every call and every part of the screen; resolves with the names of the keys that were recognised. */
export async function scanInWindow(run: CanaryRun): Promise<string[]> {
  const repo = leakyRepo(run);
  const { call, page } = run.app().window;
  try {
    const { added } = await call('scanner.add', { path: repo.path });
    const repoId = added[0]?.id ?? '';
    await call('scanner.browse', { path: repo.path });
    await goTo(page, 'Scanner');
    for (const profile of ['history', 'worktree', 'staged'] as const) {
      await call('scanner.start', { repoIds: [repoId], profile });
      await ended(run, repoId);
    }
    const { rows } = await call('scanner.findings', { filter: { state: 'all' }, limit: 200 });
    for (const { id } of rows) await call('scanner.finding', { id });
    await lookAtEach(run, rows.length);
    await call('scanner.mark', {
      ids: rows.map(({ id }) => id).slice(0, 2),
      kind: 'accepted',
      reason: 'seen',
    });
    for (const format of ['sarif', 'json', 'csv'] as const)
      await call('scanner.export', { format, filter: { state: 'all' } });
    run.lookAtFiles();
    return [...new Set(rows.flatMap(({ key }: FindingRow) => (key ? [key.name] : [])))].sort();
  } finally {
    repo.remove();
  }
}

/** Waits for the end of the scan that runs. */
async function ended(run: CanaryRun, repoId: string): Promise<void> {
  for (const end = Date.now() + SCAN_MS; Date.now() < end; await sleep(100)) {
    const [state] = await run.app().window.call('scanner.state', {}, () => true);
    if (state && !state.runs.some((one) => one.repoId === repoId)) return;
  }
  throw new Error('The scan did not end.');
}

async function lookAtEach({ app }: CanaryRun, count: number): Promise<void> {
  const { page, lookAtPage } = app().window;
  const list = page.getByRole('listbox', { name: 'Findings' });
  await list.getByRole('option').first().waitFor();
  await list.focus();
  await page.keyboard.press('Home');
  for (let at = 0; at < Math.min(count, 12); at++) {
    await page.getByRole('region', { name: 'Where it stands' }).waitFor();
    await lookAtPage();
    await page.keyboard.press('ArrowDown');
  }
}

/** Every format of the report, a baseline, and the staged scan of a hook; resolves with the exit codes. */
export async function scanOnCommandLine(run: CanaryRun): Promise<Record<string, number | null>> {
  const repo = leakyRepo(run);
  const codes: Record<string, number | null> = {};
  const scan = async (name: string, ...args: string[]) => {
    const { code } = await run.command(['scan', repo.path, ...args]);
    codes[name] = code;
  };
  const file = (name: string) => path.join(run.home.dir, name);
  try {
    await scan('text');
    for (const format of ['json', 'sarif', 'csv']) await scan(format, '--format', format);
    await scan('file', '--format', 'sarif', '--output', file('report.sarif'));
    await scan('baseline', '--update-baseline', '--baseline', file('baseline.json'));
    await scan('after baseline', '--baseline', file('baseline.json'));
    await scan('secrets, not to a terminal', '--show-secrets');
    await scan('no known keys', '--no-known-keys', '--no-cache');
    repo.write('staged.txt', `k=${run.keys[0]?.secret}\n`);
    repo.git('add', 'staged.txt');
    await scan('staged', '--staged');
    run.lookAtFiles();
    for (const name of ['report.sarif', 'baseline.json']) rmSync(file(name), { force: true });
    return codes;
  } finally {
    repo.remove();
  }
}
