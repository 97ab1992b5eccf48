// The built renderer as a table of bytes, read once at start. Requests look paths up here and never touch the disk,
// so there is no path to traverse.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Asset {
  body: Buffer;
  type: string;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** Path (`/index.html`) to bytes, for every file of a known type below `dir`. Throws if there is no `index.html`. */
export function loadAssets(dir: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    const type = TYPES[path.extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = path.join(entry.parentPath, entry.name);
    assets.set(`/${path.relative(dir, file).split(path.sep).join('/')}`, { body: readFileSync(file), type });
  }
  if (!assets.has('/index.html'))
    throw new Error(`The window's files are missing in ${dir}. Run "npm run build" and start again.`);
  return assets;
}
