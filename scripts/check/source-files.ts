// The files of the project that people write, for every checker that must prove it saw them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Folders that hold TypeScript or JavaScript, in the order of ARCHITECTURE.md. */
const FOLDERS = ['main', 'preload', 'renderer', 'scripts', 'test'];
const CODE = /\.(ts|tsx|mjs)$/;

/** Paths of all code files, relative to the clone, with `/` on every system. */
export function sourceFiles(): string[] {
  const files = readdirSync(ROOT).filter((name) => CODE.test(name));
  for (const folder of FOLDERS)
    for (const entry of readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && CODE.test(entry.name))
        files.push(path.relative(ROOT, path.join(entry.parentPath, entry.name)));
  return files.map((file) => file.replaceAll(path.sep, '/')).sort();
}

/** The same with their text. */
export function sources(): Map<string, string> {
  return new Map(sourceFiles().map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]));
}
