// The built renderer for tests: built once per state of the sources, shared by all test processes.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SOURCES = [
  'renderer',
  'preload/contract',
  'vite.config.ts',
  'package-lock.json',
  'test/support/renderer-build.ts',
];

/** Paths with size and time of change: as good as the content, and a hundred times faster. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const visit = (file: string) => {
    const stat = statSync(file);
    if (stat.isDirectory()) for (const name of readdirSync(file).sort()) visit(path.join(file, name));
    else hash.update(`${file} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const source of SOURCES) visit(path.join(ROOT, source));
  return hash.digest('hex').slice(0, 16);
}

/** The product's own build. vitest sets NODE_ENV, and Vite would then take React's development half. */
async function buildInto(outDir: string): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await build({
      configFile: path.join(ROOT, 'vite.config.ts'),
      mode: 'production',
      logLevel: 'error',
      build: { outDir, reportCompressedSize: false },
    });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** Builds of sources that are no more; an hour spares those another process may be reading just now. */
function removeOld(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith('keybench-renderer-')) continue;
    const place = path.join(tmpdir(), name);
    if (Date.now() - statSync(place).mtimeMs > 3_600_000) rmSync(place, { recursive: true, force: true });
  }
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export interface BuiltFile {
  type: string;
  body: Buffer;
}
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

/** Every file of the build by its path from the root, e.g. `/index.html`. */
export async function builtRenderer(): Promise<BuiltFiles> {
  const place = path.join(tmpdir(), `keybench-renderer-${fingerprint()}`);
  if (!existsSync(place)) {
    const scratch = mkdtempSync(path.join(tmpdir(), 'keybench-renderer-build-'));
    removeOld();
    await buildInto(scratch);
    try {
      renameSync(scratch, place);
    } catch {
      // Another process was faster; its files are the same.
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  const files = new Map<string, BuiltFile>();
  for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(place, name);
    if (!statSync(file).isFile()) continue;
    files.set(`/${name.split(path.sep).join('/')}`, {
      type: TYPES[path.extname(name)] ?? 'application/octet-stream',
      body: readFileSync(file),
    });
  }
  return files;
}
