// The main thread's side: messages, stopping, threads that die, and that no secret comes through.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding, ScanMessage } from '../../../../../main/core/scanner/model.ts';
import { startScan } from '../../../../../main/core/scanner/scan/start-scan.ts';
import { createRepo, type GitRepo } from '../../../../support/git-repo.ts';
import { anthropicKey, finished, scan, scanRequest } from '../../../../support/scanning.ts';

let git: GitRepo;
beforeEach(() => {
  git = createRepo();
});
afterEach(() => git.remove());

const KEY = anthropicKey(1);

/** Some hundred megabytes that compress well: time enough to stop. */
function large(megabytes: number): void {
  const line = 'the quick brown fox jumps over the lazy dog and the token of its api key is secret\n';
  const block = line.repeat(Math.ceil((1 << 20) / line.length));
  for (let at = 0; at < megabytes; at++) git.write(`big${at}.txt`, `${at}\n${block}`);
  git.write('key.txt', KEY);
  git.commit('large');
}

const gitsOf = (folder: string): string[] =>
  execFileSync('ps', ['-eo', 'pid,stat,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`--git-dir=${folder}`) && !/^\s*\d+ Z/.test(line));

describe('messages', () => {
  it('tell of growing progress up to its exact end, of what is found, and of the end', async () => {
    large(20);
    const { messages, findings } = await scan(git.path);
    const progress = messages.flatMap((message) => (message.k === 'progress' ? [message.progress] : []));
    expect(progress.length).toBeGreaterThan(2);
    const phases = [...new Set(progress.map(({ phase }) => phase))];
    expect(phases).toEqual(
      ['open', 'list', 'read', 'locate'].filter((phase) => phases.includes(phase as never)),
    );
    for (const [at, { bytes, bytesTotal }] of progress.entries()) {
      expect(bytes).toBeLessThanOrEqual(bytesTotal);
      expect(bytes).toBeGreaterThanOrEqual(progress[at - 1]?.bytes ?? 0);
    }
    const last = progress.at(-1);
    expect(last).toMatchObject({ bytes: last?.bytesTotal, objects: last?.objectsTotal, findings: 2 });
    const found = messages.flatMap((message) => (message.k === 'found' ? message.findings : []));
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ path: '', commit: null, masked: findings[0]?.masked });
    expect(findings).toHaveLength(1);
    expect(messages.at(-1)?.k).toBe('done');
  });

  it('hold no secret and no form of it', async () => {
    const known = `in-no-format-${'7q'.repeat(8)}`;
    git.write('a.txt', `${KEY}\nx ${known}\n`);
    git.commit('first');
    const { messages, findings } = await scan(git.path, {
      pepper: 'pepper',
      knownKeys: [{ id: 'id-1', name: 'work', secret: known, forms: [known] }],
    });
    expect(findings.map(({ knownKey }) => knownKey).sort()).toEqual(['id-1', null]);
    expect(findings.map(({ suppressed }) => suppressed)).toEqual([null, null]);
    expect(
      findings.every(({ keyFingerprint }) => /^[0-9a-f]{12}:[0-9a-f]{64}$/.test(keyFingerprint ?? '')),
    ).toBe(true);
    const text = JSON.stringify(messages);
    for (const secret of [KEY, known])
      for (let at = 0; at + 12 <= secret.length; at++) expect(text).not.toContain(secret.slice(at, at + 12));
  });

  it('hold the secret only where it was asked for', async () => {
    git.write('a.txt', KEY);
    git.commit('first');
    const { findings } = await scan(git.path, { reveal: true });
    expect(findings.map(({ revealed }) => revealed)).toEqual([{ secret: KEY }]);
  });

  it('with thousands of findings reach a slow reader whole', async () => {
    const keys = Array.from({ length: 3000 }, (_, at) => anthropicKey(at + 10));
    git.write('many.txt', keys.join('\n'));
    git.commit('many');
    const run = startScan(scanRequest(git.path));
    const found: Finding[] = [];
    let last: ScanMessage | null = null;
    for await (const message of run.messages) {
      if (message.k === 'found') {
        found.push(...message.findings);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      last = message;
    }
    expect(last?.k === 'done' ? last.findings.length : last).toBe(3000);
    expect(last?.k === 'done' ? last.findings.every(({ versions }) => versions === 1) : false).toBe(true);
    expect(found.length).toBeGreaterThan(0);
  });

  it('leave the main thread free', async () => {
    large(60);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await scan(git.path);
    delay.disable();
    // The goal is 50 ms on a machine that does nothing else; a blocked thread would show seconds.
    expect(delay.percentile(99) / 1e6).toBeLessThan(500);
  });
});

describe('stopping', () => {
  it('ends threads and gits, says so, and keeps what was read', async () => {
    large(120);
    const cacheDir = path.join(git.around, 'cache');
    const run = startScan(scanRequest(git.path, { cacheDir }));
    let stopped = 0;
    const kinds: string[] = [];
    for await (const message of run.messages) {
      kinds.push(message.k);
      // The first half are files of the work tree, which are too new to be remembered.
      if (message.k !== 'progress' || message.progress.bytes < message.progress.bytesTotal * 0.7) continue;
      if (message.progress.phase !== 'read' || stopped > 0) continue;
      const before = performance.now();
      await run.stop();
      stopped = performance.now() - before;
    }
    expect(kinds.at(-1)).toBe('stopped');
    // The goal is 200 ms.
    expect(stopped).toBeLessThan(2000);
    await expect.poll(() => gitsOf(git.gitDir)).toEqual([]);
    const next = await scan(git.path, { cacheDir });
    expect(next.summary.counts.cached).toBeGreaterThan(0);
    expect(next.findings).toHaveLength(1);
  });

  it('works at any moment, and twice', async () => {
    large(5);
    for (const wait of [0, 20, 60, 120, 250]) {
      const run = startScan(scanRequest(git.path));
      await new Promise((resolve) => setTimeout(resolve, wait));
      await Promise.all([run.stop(), run.stop()]);
      const kinds: string[] = [];
      for await (const { k } of run.messages) kinds.push(k);
      expect(['stopped', 'done']).toContain(kinds.at(-1));
    }
    await expect.poll(() => gitsOf(git.gitDir)).toEqual([]);
  });

  it('happens when the reader leaves', async () => {
    large(60);
    const run = startScan(scanRequest(git.path));
    for await (const message of run.messages) if (message.k === 'progress') break;
    await run.stop();
    await expect.poll(() => gitsOf(git.gitDir)).toEqual([]);
  });

  it('after the end changes nothing', async () => {
    git.write('a.txt', KEY);
    git.commit('first');
    const run = startScan(scanRequest(git.path));
    const { findings } = await finished(run);
    await run.stop();
    expect(findings).toHaveLength(1);
  });
});

describe('what goes wrong', () => {
  it('is one sentence with its code', async () => {
    const cases: [string, RegExp][] = [
      [path.join(git.around, 'nowhere'), /^PATH_NOT_FOUND: There is no folder .*nowhere/],
      [git.around, /^NOT_A_REPOSITORY: /],
    ];
    for (const [place, words] of cases) await expect(scan(place)).rejects.toThrow(words);
  });

  it('in a thread that dies fails the scan, with no word of what it held', async () => {
    const broken = (name: string, text: string) => {
      const file = path.join(git.around, name);
      writeFileSync(file, text);
      return pathToFileURL(file);
    };
    git.write('a.txt', 'x'.repeat(6 << 20));
    git.commit('first');
    const entries = [
      { entry: broken('throws.mjs', `throw new Error('secret ${KEY}')`) },
      { entry: broken('ends.mjs', '') },
      { blobWorker: broken('worker-throws.mjs', `throw new Error('secret ${KEY}')`) },
      { blobWorker: broken('worker-ends.mjs', '') },
      { entry: new URL('file:///nowhere/at/all.js') },
    ];
    for (const options of entries) {
      const messages: ScanMessage[] = [];
      for await (const message of startScan(scanRequest(git.path), options).messages) messages.push(message);
      expect(messages.at(-1)).toEqual({
        k: 'failed',
        code: 'SCAN_FAILED',
        message: expect.stringMatching(/^The scan ended unexpectedly\./),
      });
      expect(JSON.stringify(messages)).not.toContain(KEY);
    }
  });
});
