// Packs the app around a stub of Electron and reads back what is in the package and which fuses are set (S19).
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { type FuseConfig, FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildElectron, buildRenderer } from '../scripts/build.ts';
import { ROOT } from '../scripts/check/source-files.ts';
import { type Packed, packStub } from '../scripts/pack-stub.ts';

let folder: string;
let packed: Packed;
let files: string[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybench-pack-'));
  await buildRenderer();
  await buildElectron();
  packed = await packStub(folder);
  files = listPackage(packed.asar, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').slice(1))
    .filter((file) => path.extname(file) !== '' || file === 'LICENSE');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  test('holds the built app: main, helper, worker, one CommonJS preload, the window', () => {
    for (const file of [
      'main/main.js',
      'main/keytar-process.js',
      'main/search-worker.js',
      'main/scan-thread.js',
      'main/blob-worker.js',
      'preload/index.cjs',
    ])
      expect(files).toContain(`dist/${file}`);
    expect(files).toContain('dist/renderer/index.html');
    expect(files.filter((file) => file.startsWith('dist/preload/'))).toEqual(['dist/preload/index.cjs']);
  });

  test('holds nothing else: no sources, no maps, no tests, and keytar as the only package', () => {
    const rest = files.filter(
      (file) => !/^dist\/(main|preload|renderer)\/.*\.(js|cjs|html|css|woff2|svg|png)$/.test(file),
    );
    const native = existsSync(path.join(ROOT, 'node_modules/keytar/build/Release/keytar.node'));
    expect(rest.sort()).toEqual([
      'LICENSE',
      'node_modules/keytar/LICENSE.md',
      ...(native ? ['node_modules/keytar/build/Release/keytar.node'] : []),
      'node_modules/keytar/lib/keytar.js',
      'node_modules/keytar/package.json',
      'package.json',
    ]);
  });

  test('starts at the built main and carries no install scripts', () => {
    const manifest = JSON.parse(extractFile(packed.asar, 'package.json').toString());
    expect(manifest).toMatchObject({ name: 'keybench', main: 'dist/main/main.js', type: 'module' });
    expect(files).toContain(manifest.main);
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  test('names no folder of the machine it was built on', () => {
    expect(readFileSync(packed.asar).includes(ROOT)).toBe(false);
  });

  test('keeps the native module outside the archive, where it can be loaded', ({ skip }) => {
    const module = 'node_modules/keytar/build/Release/keytar.node';
    skip(!existsSync(path.join(ROOT, module)), 'keytar is not built on this machine');
    expect(existsSync(path.join(`${packed.asar}.unpacked`, module))).toBe(true);
  });
});

describe('the fuses', () => {
  const named = ({ version: _, ...wire }: FuseConfig<FuseState>) =>
    Object.fromEntries(
      Object.entries(wire).map(([fuse, state]) => [FuseV1Options[Number(fuse)], state === FuseState.ENABLE]),
    );

  test('are set as ARCHITECTURE.md says', async () => {
    expect(named(await getCurrentFuseWire(packed.binary))).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    });
  });

  test('were the other way round in the stub, so packing really set them', async () => {
    expect(named(await getCurrentFuseWire(path.join(folder, 'electron-stub/electron')))).toMatchObject({
      RunAsNode: true,
      EnableCookieEncryption: false,
      EnableNodeOptionsEnvironmentVariable: true,
      EnableNodeCliInspectArguments: true,
      EnableEmbeddedAsarIntegrityValidation: false,
      OnlyLoadAppFromAsar: false,
      GrantFileProtocolExtraPrivileges: true,
    });
  });
});
