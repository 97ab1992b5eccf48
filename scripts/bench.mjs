// `npm run bench -- NAME [arguments]`: runs scripts/bench/NAME.ts, which prints one JSON line per figure.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, setUp } from './setup/index.mjs';
import { fail, respawn } from './setup/respawn.mjs';

const folder = join(ROOT, 'scripts/bench');
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -3))
  : [];
const [name, ...args] = process.argv.slice(2);
if (!name || !names.includes(name))
  fail(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
const { node, chromium } = await setUp({ for: 'bench' }).catch(fail);
await respawn(
  node,
  [`scripts/bench/${name}.ts`, ...args],
  chromium ? { env: { KEYBENCH_BROWSER: chromium } } : {},
);
