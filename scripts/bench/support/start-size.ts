// JavaScript that the window loads before it can be used: the entry of index.html and what it imports at once.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = path.resolve(import.meta.dirname, '../../../dist/renderer');

/** Kilobytes (1000 bytes) of gzip, to one decimal. */
export function startSize(): number {
  const html = readFileSync(path.join(DIST, 'index.html'), 'utf8');
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(path.join(DIST, file), 'utf8');
    // Static imports of a bundle; dynamic ones are written `import(`.
    for (const [, from] of code.matchAll(/(?:from|import)\s*"(\.\/[^"]+\.js)"/g))
      if (from) visit(path.join(path.dirname(file), from));
  };
  for (const [, file] of html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)) if (file) visit(file);
  const bytes = [...seen].reduce(
    (sum, file) => sum + gzipSync(readFileSync(path.join(DIST, file))).length,
    0,
  );
  return Math.round(bytes / 100) / 10;
}
