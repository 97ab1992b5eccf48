// The linter says at once, in the editor, what test/architecture.test.ts would say later.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../scripts/check/source-files.ts';
import { runCommand } from '../../../scripts/setup/run-command.mjs';

const REFUSED: [string, string][] = [
  ['main/core/history/a.ts', "import { app } from 'electron';\napp();"],
  ['main/core/history/b.ts', "import { startCore } from '../../shell/start-core.ts';\nstartCore();"],
  ['main/core/history/c.ts', "import keytar from 'keytar';\nkeytar();"],
  ['main/core/history/d.ts', "import { z } from 'zod';\nz();"],
  ['main/core/keys/keytar-process.ts', "import { app } from 'electron';\napp();"],
  ['main/shell/browser/a.ts', "import { app } from 'electron';\napp();"],
  ['main/shell/cli/a.ts', "import keytar from 'keytar';\nkeytar();"],
  ['renderer/ui/a.ts', "import { join } from 'node:path';\njoin();"],
  ['renderer/host/a.ts', "import { clock } from '../../main/core/clock.ts';\nclock();"],
  ['preload/contract/a.ts', "import { join } from 'node:path';\njoin();"],
];
const ALLOWED: [string, string][] = [
  ['main/core/history/y.ts', "import * as z from 'zod';\nz.string();"],
  ['main/shell/electron/y.ts', "import { app } from 'electron';\napp();"],
  ['preload/index.ts', "import { app } from 'electron';\napp();"],
  ['renderer/features/keys/y.ts', "import { api } from '../../host/api.ts';\napi();"],
];

test('restricted imports are refused in each folder, and only there', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keybench-biome-'));
  try {
    const settings = JSON.parse(readFileSync(path.join(ROOT, 'biome.json'), 'utf8'));
    const write = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    };
    write('biome.json', JSON.stringify({ ...settings, $schema: undefined, vcs: { enabled: false } }));
    for (const [file, text] of [...REFUSED, ...ALLOWED]) write(file, text);
    const bin = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
    const { out } = await runCommand(
      process.execPath,
      [bin, 'lint', '--colors=off', '--max-diagnostics=200'],
      {
        cwd: folder,
        seconds: 60,
      },
    );
    const hits = [...out.matchAll(/^(\S+?):\d+:\d+ lint\/style\/noRestrictedImports/gm)].map(
      (match) => match[1],
    );
    expect(hits.sort()).toEqual(REFUSED.map(([file]) => file).sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
