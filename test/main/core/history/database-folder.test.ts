import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { expectMemory, getName, setName } from './database-notes.ts';
import { allFiles, asRoot, stillClock, temporaryFolder } from './folder.ts';

const open = (folder: string, options = {}) => openDatabase(folder, { clock: stillClock, ...options });
const mode = (path: string) => fs.statSync(path).mode & 0o777;

describe('a folder that does not do', () => {
  test('because a file has its name', () => {
    const folder = join(temporaryFolder(), 'data');
    fs.writeFileSync(folder, 'x');
    expectMemory(open(folder), /a file has its name/, /[Mm]ove/);
    expectMemory(open(join(folder, 'deeper')), /a file has its name/, /[Mm]ove/);
  });

  test.skipIf(process.platform === 'win32')('because all users share it', () => {
    const folder = temporaryFolder();
    fs.chmodSync(folder, 0o1777);
    expectMemory(open(folder), /shared by all users/, /folder of its own/);
    expect(fs.statSync(folder).mode & 0o7777).toBe(0o1777);
  });
});

const posix = process.platform !== 'win32';
/** Rights do not bind root, so root becomes nobody for the length of `act`. */
function asOrdinaryUser(folder: string, act: () => void) {
  if (!asRoot) return act();
  for (const { path } of allFiles(folder)) fs.chownSync(path, 65_534, 65_534);
  for (const path of [folder, join(folder, 'instances'), join(folder, 'backups')])
    if (fs.existsSync(path)) fs.chownSync(path, 65_534, 65_534);
  process.seteuid!(65_534);
  try {
    act();
  } finally {
    process.seteuid!(0);
  }
}

describe.skipIf(!posix)('rights that are missing', () => {
  function written(): string {
    const folder = temporaryFolder();
    const first = open(folder);
    setName(first, 'kept');
    first.close();
    return folder;
  }
  const expectReadOnly = (folder: string) => {
    const opened = open(folder);
    expect(opened.status()).toMatchObject({
      state: 'read-only',
      problem: expect.stringMatching(/can be read but not written/),
      remedy: expect.stringMatching(/Allow your user to write/),
    });
    expect(getName(opened)).toBe('kept');
    expect(() => setName(opened, 'new')).toThrow(
      expect.objectContaining({ code: 'DATABASE_READ_ONLY', message: expect.stringMatching(/^[^\n]+\.$/) }),
    );
    opened.close();
  };

  test('a file that may only be read is read, and its mode is not changed', () => {
    const folder = written();
    fs.chmodSync(join(folder, 'keybench.db'), 0o400);
    asOrdinaryUser(folder, () => expectReadOnly(folder));
    expect(mode(join(folder, 'keybench.db'))).toBe(0o400);
  });

  test('a folder that may only be read is read', () => {
    const folder = written();
    fs.chmodSync(folder, 0o500);
    asOrdinaryUser(folder, () => expectReadOnly(folder));
    fs.chmodSync(folder, 0o700);
  });

  test('a file that may not even be read leaves the app working in memory', () => {
    const folder = written();
    fs.chmodSync(join(folder, 'keybench.db'), 0);
    asOrdinaryUser(folder, () => expectMemory(open(folder), /your user may not read it/, /Allow your user/));
  });

  test('a folder that cannot be made leaves the app working in memory', () => {
    const folder = temporaryFolder();
    fs.chmodSync(folder, 0o500);
    asOrdinaryUser(folder, () =>
      expectMemory(open(join(folder, 'data')), /may not write to/, /Allow your user/),
    );
  });

  test.skipIf(!asRoot)('a folder of another user is not touched', () => {
    const folder = temporaryFolder();
    fs.chmodSync(folder, 0o777);
    process.seteuid!(65_534);
    try {
      expectMemory(open(folder), /belongs to another user/, /folder of your own/);
    } finally {
      process.seteuid!(0);
    }
    expect(fs.readdirSync(folder)).toEqual([]);
    expect(mode(folder)).toBe(0o777);
  });
});
