// A disk that loses its power: an ext4 file system of its own, shut down in mid-write without flushing its journal (the
// ioctl EXT4_IOC_SHUTDOWN with NOLOGFLUSH), then mounted again. Needs root on Linux, a loop device and perl.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { createHistoryStore } from '../../../../main/core/history/history-store.ts';
import { asRoot, stillClock, temporaryFolder } from './folder.ts';
import { expectKept, expectWhole, readPromises, start } from './promises.ts';

const CUTS = 25;
const SHUTDOWN =
  'sysopen(my $d, $ARGV[0], 0) or die $!; my $how = pack("I", 2); ioctl($d, 0x8004587d, $how) or die $!';

const run = (command: string, ...args: string[]) => void execFileSync(command, args, { stdio: 'pipe' });
const skip = whyNot();
if (skip) console.log(`Skipped: the power cuts (R2) ${skip}.`);

/** What is missing here for a power cut, or an empty string. */
function whyNot(): string {
  if (!asRoot) return 'need root on Linux';
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'keybench-power-'));
  try {
    const [image, disk] = [join(folder, 'image'), join(folder, 'disk')] as const;
    makeDisk(image, disk);
    run('mount', '-o', 'loop', image, disk);
    try {
      run('perl', '-e', SHUTDOWN, disk);
    } finally {
      run('umount', '-l', disk);
    }
    return '';
  } catch (error) {
    return `need mkfs.ext4, loop mounts and perl (${(error as Error).message.split('\n')[0]})`;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function makeDisk(image: string, disk: string) {
  fs.mkdirSync(disk);
  fs.closeSync(fs.openSync(image, 'w'));
  fs.truncateSync(image, 96 * 1024 * 1024);
  run('mkfs.ext4', '-q', '-F', image);
}

/** Streams, cuts the power, starts again. Returns how many requests were promised, and how many of them are not as promised. */
async function cut(image: string, disk: string, mode: 'FULL' | 'NORMAL') {
  run('mount', '-o', 'loop', image, disk);
  const folder = join(disk, 'data');
  const running = start('./streaming-child.ts', folder, mode);
  await running.started;
  await sleep(100 + Math.random() * 400);
  run('perl', '-e', SHUTDOWN, disk);
  running.child.kill('SIGKILL');
  const promised = readPromises(allButLast((await running.ended).out));
  run('umount', disk);
  run('mount', '-o', 'loop', image, disk);
  const database = openDatabase(folder, { clock: stillClock });
  try {
    const store = createHistoryStore({ db: database.db, instance: database.instance });
    store.recover();
    let lost = 0;
    for (const [id, one] of promised)
      try {
        expectKept(store, database.db, id, one);
      } catch (error) {
        if (mode === 'FULL') throw error;
        lost++;
      }
    if (mode === 'FULL') expectWhole(database.db);
    return { promised: promised.size, lost };
  } finally {
    database.close();
    run('umount', disk);
  }
}

/**
 * Without the last promise: an fsync that is under way during the ioctl may return 0 although its extent was never marked
 * as written (seen in 1 cut of 20), which a disk without power cannot do. All before it were made one after the other.
 */
const allButLast = (out: string) => out.split('\n').slice(0, -2).join('\n').concat('\n');

describe.skipIf(skip !== '')('a power cut (R2)', () => {
  const setUp = () => {
    const folder = temporaryFolder();
    const [image, disk] = [join(folder, 'image'), join(folder, 'disk')] as const;
    makeDisk(image, disk);
    onTestFinished(() => {
      try {
        run('umount', '-l', disk);
      } catch {} // already done
    });
    return { image, disk };
  };

  test(`${CUTS} times: nothing that was acknowledged is lost, and the database is whole`, async () => {
    const { image, disk } = setUp();
    let promised = 0;
    for (let i = 0; i < CUTS; i++) promised += (await cut(image, disk, 'FULL')).promised;
    expect(promised).toBeGreaterThan(CUTS);
    console.log(`${CUTS} power cuts: ${promised} requests promised, 0 lost`);
  });

  test('the same with synchronous = NORMAL does lose some: the cut is a real one', async () => {
    const { image, disk } = setUp();
    let lost = 0;
    for (let i = 0; i < 10 && lost === 0; i++) lost += (await cut(image, disk, 'NORMAL')).lost;
    expect(lost).toBeGreaterThan(0);
  });
});
