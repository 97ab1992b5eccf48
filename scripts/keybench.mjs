#!/usr/bin/env node
// `npm run -s keybench -- …` and the installed `keybench`: the command line on the Node that the project brings.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, setUp } from './setup/index.mjs';

const [first, ...rest] = process.argv.slice(2);
try {
  const opens = first === 'open';
  const ready = opens ? null : await setUp({ for: 'cli' });
  const [command, args] = ready
    ? [ready.node, ['--disable-sigusr1', join(ROOT, 'main/shell/cli/main.ts'), ...process.argv.slice(2)]]
    : [process.execPath, [join(ROOT, 'scripts/start.mjs'), ...rest]];
  const env = { ...process.env };
  if (ready)
    Object.assign(env, { KEYBENCH_BROWSER: ready.chromium ?? '', KEYBENCH_ELECTRON: ready.electron ?? '' });
  // The caller's folder stays the working folder, so that relative paths mean what they say.
  const child = spawn(command, args, { stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
