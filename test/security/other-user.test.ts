// S15: another user of the same machine, against the running app: port, files, control socket, inspector.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../support/running-app.ts';

const NOBODY = 65_534;
const missing =
  process.platform !== 'linux'
    ? 'it needs Linux'
    : process.getuid?.() !== 0
      ? 'only root can act as another user'
      : null;
if (missing) console.log(`Skipped: what another user can reach, because ${missing}.`);

describe.skipIf(missing !== null)('another user of this machine', () => {
  let app: RunningApp;
  let nodeBinary = process.execPath;
  beforeAll(async () => {
    // In a folder that everybody may enter, so that only the app's own modes protect it.
    const outer = mkdtempSync(path.join(tmpdir(), 'keybench-outer-'));
    chmodSync(outer, 0o755);
    // The clone may lie in a folder that the other user cannot enter.
    if (asNobody(`'${nodeBinary}' --version`).status !== 0) {
      nodeBinary = path.join(outer, 'node');
      copyFileSync(process.execPath, nodeBinary);
      chmodSync(nodeBinary, 0o755);
    }
    app = await startApp({ dataDir: path.join(outer, 'data') });
  });
  afterAll(() => app?.close());

  const asNobody = (script: string) =>
    spawnSync('/bin/sh', ['-c', script], {
      uid: NOBODY,
      gid: NOBODY,
      encoding: 'utf8',
      cwd: '/',
      timeout: 60_000,
    });
  const node = (code: string) => asNobody(`'${nodeBinary}' -e ${JSON.stringify(code)}`);

  it('reaches the port and is told 401, with the right Host as well', () => {
    const { origin } = new URL(app.url);
    for (const route of ['/', '/index.html'])
      expect(node(`fetch('${origin}${route}').then((a) => console.log(a.status))`).stdout.trim()).toBe('401');
    const post = `fetch('${origin}/session', { method: 'POST', headers: { origin: '${origin}', 'x-keybench': '1' } }).then((a) => console.log(a.status))`;
    expect(node(post).stdout.trim()).toBe('401');
  });

  it('can neither list nor read the data folder', () => {
    expect(asNobody(`ls '${app.dataDir}'`).stderr).toContain('Permission denied');
    for (const file of readdirSync(app.dataDir))
      expect(asNobody(`cat '${path.join(app.dataDir, file)}'`).stdout, file).toBe('');
  });

  it('cannot ask the control socket for an address', () => {
    const file = path.join(app.dataDir, 'control.sock');
    const code = `require('node:net').connect('${file}').on('error', (e) => console.log(e.code)).on('connect', () => console.log('in'))`;
    expect(node(code).stdout.trim()).toBe('EACCES');
  });

  it('cannot read its environment, and finds no secret among its arguments', () => {
    const pid = app.child.pid;
    expect(asNobody(`cat /proc/${pid}/environ`).stdout).toBe('');
    expect(asNobody(`cat /proc/${pid}/cmdline`).stdout).not.toContain(new URL(app.url).hash.slice(1));
  });

  it('finds no inspector after SIGUSR1', async () => {
    app.child.kill('SIGUSR1');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(app.child.exitCode).toBeNull();
    expect(
      node(
        "fetch('http://127.0.0.1:9229/json').then(() => console.log('open'), () => console.log('closed'))",
      ).stdout.trim(),
    ).toBe('closed');
  });
});
