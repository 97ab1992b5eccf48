import { describe, expect, it } from 'vitest';
import { dataDir } from '../../../main/shell/data-dir.ts';

describe('the data folder', () => {
  it.each([
    [{ HOME: '/home/a' }, 'linux', '/home/a/.local/share/keybench'],
    [{ HOME: '/home/a', XDG_DATA_HOME: '/data' }, 'linux', '/data/keybench'],
    [{ HOME: '/home/a', XDG_DATA_HOME: 'relative' }, 'linux', '/home/a/.local/share/keybench'],
    [{ HOME: '/Users/a' }, 'darwin', '/Users/a/Library/Application Support/Keybench'],
    [{ HOME: '/home/a', KEYBENCH_DATA_DIR: '/elsewhere' }, 'darwin', '/elsewhere'],
  ] as const)('for %j on %s is %s', (env, os, expected) => {
    expect(dataDir(env, os)).toBe(expected);
  });
});
