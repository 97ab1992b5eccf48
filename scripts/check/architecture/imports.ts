// Which file imports what. Only the forms that biome lets through exist in our sources: static and dynamic imports,
// re-exports, and `require` with a literal.
import path from 'node:path';
import { stripComments } from './strip-comments.ts';

export interface Import {
  /** As written. */
  specifier: string;
  /** A path of ours, `node:fs`, or `pkg:name` for a package. */
  target: string;
  /** `import type` and `export type` vanish before anything runs. */
  typeOnly: boolean;
  line: number;
}

const STATIC = /^[ \t]*(?:import|export)\s+(type\s+)?(?:[\w*{][^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g;

export function importsOf(file: string, text: string): Import[] {
  const code = stripComments(text);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, index: number) => {
    const line = code.slice(0, index).split('\n').length;
    found.push({ specifier, target: targetOf(file, specifier), typeOnly, line });
  };
  for (const match of code.matchAll(STATIC)) add(match[2] ?? '', match[1] !== undefined, match.index);
  for (const match of code.matchAll(DYNAMIC)) add(match[1] ?? '', false, match.index);
  return found;
}

/** `pkg:@scope/name` or `pkg:name`, without the path inside the package. */
function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.'))
    return path.posix.join(path.posix.dirname(file), specifier).replace(/\?.*$/, '');
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return `pkg:${specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]}`;
}
