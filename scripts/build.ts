// Builds everything into dist/: the renderer, and for Electron main, preload, keychain helper and workers.
// `buildRenderer` is what `npm start` and the tests need; it is skipped while no source has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InlineConfig } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'dist');

/** Vite is loaded only when there is something to build: it would cost every start a third of a second. */
const build = async (config: InlineConfig) => (await import('vite')).build(config);

/** Builds the window's files into dist/renderer. Returns false when they were up to date. */
export async function buildRenderer(): Promise<boolean> {
  return unlessFresh(
    'renderer',
    ['renderer', 'preload/contract', 'vite.config.ts', 'package-lock.json'],
    () =>
      build({
        root: path.join(ROOT, 'renderer'),
        configFile: path.join(ROOT, 'vite.config.ts'),
        logLevel: 'warn',
      }),
  );
}

/** Builds what the packed Electron app runs. Returns false when it was up to date. */
export async function buildElectron(): Promise<boolean> {
  return unlessFresh('electron', ['main', 'preload', 'package-lock.json', 'scripts/build.ts'], async () => {
    for (const outDir of ['main', 'preload'])
      rmSync(path.join(DIST, outDir), { recursive: true, force: true });
    await build(
      nodeBundle('main', 'es', {
        main: 'main/shell/electron/main.ts',
        'keytar-process': 'main/core/keys/keytar-process.ts',
        'search-worker': 'main/core/history/search-worker.ts',
        'scan-thread': 'main/core/scanner/scan/scan-thread.ts',
        'blob-worker': 'main/core/scanner/scan/blob-worker.ts',
      }),
    );
    // A sandboxed preload can be neither ESM nor require packages: one CommonJS file.
    await build(nodeBundle('preload', 'cjs', { index: 'preload/index.ts' }));
  });
}

function nodeBundle(outDir: string, format: 'es' | 'cjs', entries: Record<string, string>): InlineConfig {
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, path.join(ROOT, file)]),
  );
  return {
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron', 'keytar'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: path.join(DIST, outDir),
      emptyOutDir: false,
      rollupOptions: {
        input,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunk-[name]-[hash].js',
        },
      },
    },
  };
}

async function unlessFresh(name: string, sources: string[], work: () => Promise<unknown>): Promise<boolean> {
  const stamp = path.join(DIST, `.${name}.stamp`);
  const now = fingerprint(sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(DIST, { recursive: true });
  writeFileSync(stamp, now);
  return true;
}

/** Names, sizes and times of all sources: enough to see a change, quick enough for every start. */
function fingerprint(sources: string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const full = path.join(ROOT, source);
    if (!existsSync(full)) continue;
    const files = statSync(full).isDirectory()
      ? readdirSync(full, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.join(entry.parentPath, entry.name))
          .sort()
      : [full];
    for (const file of files) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${path.relative(ROOT, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const what = process.argv[2] ?? 'all';
  const built = [
    (await buildRenderer()) && 'window',
    what === 'all' && (await buildElectron()) && 'electron',
  ].filter(Boolean);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  // Nothing to say when nothing was done: this runs at every start.
  if (built.length > 0) console.error(`build  ${built.join(', ').padEnd(28)} ${seconds} s`);
}
