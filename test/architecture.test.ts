// The machine that keeps ARCHITECTURE.md true. Every rule is first shown to find a planted violation.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf } from '../scripts/check/architecture/imports.ts';
import { installedLicences, licenceProblems } from '../scripts/check/architecture/licences.ts';
import { lockfileProblems, type PackageFiles } from '../scripts/check/architecture/lockfile.ts';
import { RULES, type Sources } from '../scripts/check/architecture/rules.ts';
import { stripComments } from '../scripts/check/architecture/strip-comments.ts';
import { ROOT, sources } from '../scripts/check/source-files.ts';
import { NODE_PINS } from '../scripts/setup/node-binary.mjs';

const all = sources();
const json = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const packageFiles = (): PackageFiles => ({
  lock: json('package-lock.json'),
  manifest: json('package.json'),
});

/** For each rule: files that break it, and files beside them that do not. */
const PLANTS: Record<string, { bad: [string, string][]; good: [string, string][] }> = {
  layers: {
    bad: [
      ['preload/contract/a.ts', "import { readFile } from 'node:fs';"],
      ['preload/index.ts', "import { contract } from './contract/index.ts';"],
      ['main/core/keys/a.ts', "import { app } from 'electron';"],
      ['main/core/keys/b.ts', "import { x } from '../history/search-worker.ts';"],
      ['main/core/keys/c.ts', "import { createApp } from '../create-app.ts';"],
      ['main/core/history/a.ts', "import { x } from '../../shell/start-core.ts';"],
      ['main/core/settings/a.ts', "import OpenAI from 'openai';"],
      ['main/shell/cli/a.ts', "export { serve } from '../browser/http.ts';"],
      ['main/shell/browser/a.ts', "const electron = await import('electron');"],
      ['renderer/ui/a.tsx', "import { api } from '../host/api.ts';"],
      ['renderer/stream/a.ts', "import { SendEvent } from '../../preload/contract/requests.ts';"],
      ['renderer/features/keys/a.tsx', "import {\n  row,\n} from '../history/row.tsx';"],
      ['renderer/features/keys/b.tsx', "import { contract } from '../../../preload/contract/index.ts';"],
      ['renderer/host/a.ts', "import '../app/frame.tsx';"],
      ['server/a.ts', ''],
    ],
    good: [
      ['preload/contract/z.ts', "import * as z from 'zod';"],
      ['main/core/keys/z.ts', "import { openDatabase } from '../history/database.ts';"],
      ['renderer/features/keys/z.tsx', "import type { KeyInfo } from '../../../preload/contract/keys.ts';"],
      ['renderer/app/z.tsx', "import { feature } from '../features/keys/index.tsx';\nimport './app.css';"],
    ],
  },
  cycles: {
    bad: [
      ['main/core/keys/a.ts', "import { b } from './b.ts';"],
      ['main/core/keys/b.ts', "const c = await import('./c.ts');"],
      ['main/core/keys/c.ts', "export * from './a.ts';"],
    ],
    good: [
      ['main/core/keys/d.ts', "import './a.ts';"],
      ['main/core/keys/e.ts', "// import './e.ts';"],
      ['main/core/keys/f.ts', "import { g } from './g.ts';"],
      ['main/core/keys/g.ts', "import type { F } from './f.ts';"],
    ],
  },
  size: { bad: [['main/core/a.ts', '\n'.repeat(301)]], good: [['main/core/b.ts', '\n'.repeat(300)]] },
  names: {
    bad: [
      ['main/core/keyService.ts', ''],
      ['main/core/helpers.ts', ''],
      ['renderer/ui/window-manager.ts', ''],
    ],
    good: [
      ['main/core/key-service.test.ts', ''],
      ['renderer/ui/use-x.ts', ''],
    ],
  },
  'electron only in its shell and the preload': {
    bad: [['main/shell/start.ts', "import type { App } from 'electron';"]],
    good: [['main/shell/electron/main.ts', "import { app } from 'electron';"]],
  },
  'keytar only in its helper process': {
    bad: [['main/core/keys/key-service.ts', "import keytar from 'keytar';"]],
    good: [['main/core/keys/keytar-process.ts', "const keytar = await import('keytar');"]],
  },
  'each provider SDK in one file': {
    bad: [
      ['main/core/providers/openai.ts', "import OpenAI from 'openai';"],
      ['main/core/requests/a.ts', "const { InferenceClient } = await import('@huggingface/inference');"],
      ['main/core/providers/compatible.ts', "import type { Message } from '@anthropic-ai/sdk/resources';"],
    ],
    good: [['main/core/providers/openai-sdk.ts', "import OpenAI from 'openai';"]],
  },
  'programs are started in few places': {
    bad: [
      ['main/core/scanner/scan/a.ts', "import { spawn } from 'node:child_process';"],
      ['main/core/scanner/git/refs.ts', "import { execFileSync } from 'node:child_process';"],
      ['main/shell/cli/hook.ts', "const { exec } = await import('child_process');"],
      ['main/shell/cli/a.ts', "process.getBuiltinModule('child_process')"],
    ],
    good: [['main/core/scanner/git/recipe.ts', "import { spawn } from 'node:child_process';"]],
  },
  'git runs by the recipe alone': {
    bad: [
      ['main/shell/open-system-browser.ts', "spawn('git', ['status'])"],
      ['main/core/keys/fork-keytar.ts', 'execSync(`/usr/bin/git log`)'],
      ['main/core/scanner/git/refs.ts', 'const git = await usableGit(env)'],
    ],
    good: [
      ['main/core/scanner/git/recipe.ts', 'const program = await usableGit(env)'],
      ['main/shell/open.ts', "spawn('gitk', [])\n// spawn('git')"],
    ],
  },
  'one sanitiser': {
    bad: [['renderer/features/history/a.tsx', "import DOMPurify from 'dompurify';"]],
    good: [['renderer/stream/safe-markdown.ts', "import DOMPurify from 'dompurify';"]],
  },
  'one place for openExternal': {
    bad: [
      ['main/shell/electron/open-link.ts', 'shell.openExternal(url)'],
      ['main/shell/electron/menu.ts', 'shell.openExternal(url)'],
    ],
    good: [['main/shell/electron/window.ts', '// openExternal is elsewhere']],
  },
  'one place for ipcMain': {
    bad: [
      ['main/shell/electron/ipc-channel.ts', "ipcMain.on('rpc')"],
      ['main/shell/electron/menu.ts', "ipcMain.handle('x')"],
    ],
    good: [],
  },
  'one place for the window bridge': {
    bad: [['main/shell/electron/window.ts', "contextBridge.exposeInMainWorld('host', api)"]],
    good: [],
  },
  'no HTML from strings': {
    bad: [
      ['renderer/ui/a.tsx', '<p dangerouslySetInnerHTML={{ __html: x }} />'],
      ['renderer/ui/b.ts', 'node.innerHTML = text'],
      ['renderer/ui/c.ts', 'node.outerHTML += text'],
      ['renderer/ui/d.ts', "node.insertAdjacentHTML('beforeend', text)"],
      ['renderer/ui/e.tsx', '<iframe srcDoc={text} />'],
    ],
    good: [['renderer/ui/f.ts', '// never innerHTML = x\nif (node.innerHTML === x) node.textContent = x']],
  },
  'zod as one namespace': {
    bad: [['main/core/a.ts', "import { z } from 'zod';"]],
    good: [['main/core/b.ts', "import * as z from 'zod';\nimport type * as z from 'zod';"]],
  },
  'core does not read the environment': {
    bad: [
      ['main/core/providers/openai.ts', 'const key = process.env.OPENAI_API_KEY'],
      ['main/core/scanner/git/git-program.ts', 'process.env.PATH'],
    ],
    good: [
      ['main/shell/data-dir.ts', 'process.env.XDG_DATA_HOME'],
      ['main/core/scanner/git/recipe.ts', 'process.env[name]'],
    ],
  },
  'no code from text': { bad: [['renderer/ui/a.ts', 'new Function(text)']], good: [] },
  'no way around the type checker': {
    bad: [['main/core/a.ts', '// @ts-ignore']],
    good: [['main/core/b.ts', '// a reason']],
  },
};

describe('each rule finds what is planted for it', () => {
  test.each(Object.keys(RULES))('%s', (name) => {
    const plant = PLANTS[name];
    expect(plant, `no violation is planted for "${name}"`).toBeDefined();
    const { bad, good } = plant!;
    const found = RULES[name]!(new Map([...bad, ...good]));
    for (const [file] of bad) expect(found.join('\n')).toContain(file);
    for (const [file] of good) expect(found.join('\n')).not.toContain(file);
  });

  test('the import reader sees every form and no comment', () => {
    const text = [
      "import a from './a.ts';",
      "import {\n  b,\n  type B,\n} from './b.ts';",
      "import type { C } from './c.ts';",
      "import './d.css';",
      "export * from './e.ts';",
      "const f = await import('./f.ts');",
      "// import g from './g.ts';",
      "/* import h from './h.ts'; */",
      'const url = "https://x/*"; const quote = /[\'"]/;',
      "import * as z from 'zod';",
    ].join('\n');
    expect(
      importsOf('main/x.ts', text).map(({ target, typeOnly }) => `${target}${typeOnly ? ' type' : ''}`),
    ).toEqual([
      'main/a.ts',
      'main/b.ts',
      'main/c.ts type',
      'main/d.css',
      'main/e.ts',
      'pkg:zod',
      'main/f.ts',
    ]);
  });

  test('comments are blanked and nothing else is', () => {
    const text =
      "const a = '//'; // b\nconst c = `/* d */`; /* e\n */ const f = x / y / z;\n<p>don't</p> // g";
    expect(stripComments(text).replace(/ +$/gm, '')).toBe(
      "const a = '//';\nconst c = `/* d */`;\n    const f = x / y / z;\n<p>don't</p>",
    );
  });
});

describe('the sources', () => {
  test('all of them are looked at', () => {
    const files = [...all.keys()];
    for (const folder of ['main/core/', 'main/shell/', 'preload/contract/', 'renderer/', 'scripts/', 'test/'])
      expect(files.filter((file) => file.startsWith(folder)).length, folder).toBeGreaterThan(5);
    const imports = files.reduce((sum, file) => sum + importsOf(file, all.get(file)!).length, 0);
    expect(imports).toBeGreaterThan(2 * files.length);
  });

  test.each(Object.entries(RULES))('%s', (_name, rule) => {
    expect(rule(all as Sources)).toEqual([]);
  });
});

describe('the packages', () => {
  test('the lock file holds hashes, no addresses, exact versions and only decided install scripts', () => {
    const files = packageFiles();
    expect(Object.keys(files.lock.packages).length).toBeGreaterThan(300);
    expect(lockfileProblems(files, new Date())).toEqual([]);
  });

  test('each lock file rule finds what is planted for it', () => {
    const { lock, manifest } = packageFiles();
    Object.assign(lock.packages, {
      'node_modules/no-hash': { version: '1.0.0' },
      'node_modules/weak-hash': { version: '1.0.0', integrity: 'sha1-x' },
      'node_modules/address': {
        version: '1.0.0',
        integrity: 'sha512-x',
        resolved: 'https://host.example/x.tgz',
      },
      'node_modules/a/node_modules/scripted': {
        version: '1.0.0',
        integrity: 'sha512-x',
        hasInstallScript: true,
      },
    });
    manifest.dependencies['some-range'] = '^1.0.0';
    manifest.allowScripts.gone = true;
    const in2028 = new Date(Date.UTC(2028, 0, 1));
    const found = lockfileProblems({ lock, manifest }, in2028).join('\n');
    for (const word of ['no-hash', 'weak-hash', 'address', 'scripted', 'some-range', 'gone', 'Electron'])
      expect(found).toContain(word);
  });

  test('the hash of Node’s binary is pinned for the version we install', () => {
    expect(NODE_PINS.version).toBe(packageFiles().manifest.devDependencies.node);
  });

  test('every licence is one somebody has allowed', () => {
    const packages = installedLicences(path.join(ROOT, 'node_modules'));
    expect(packages.length).toBeGreaterThan(300);
    expect(licenceProblems(packages)).toEqual([]);
  });

  test('a licence nobody has allowed is found', () => {
    const licence = (name: string, text: string) => licenceProblems([{ name, licence: text }]).length === 0;
    expect(licence('x', 'MIT')).toBe(true);
    expect(licence('x', '(GPL-3.0 OR MIT)')).toBe(true);
    expect(licence('x', 'MIT AND GPL-3.0')).toBe(false);
    expect(licence('x', 'GPL-3.0')).toBe(false);
    expect(licence('x', 'MPL-2.0')).toBe(false);
    expect(licence('axe-core', 'MPL-2.0')).toBe(true);
    expect(licence('x', '"none"')).toBe(false);
  });
});
