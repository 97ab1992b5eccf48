// The licences of everything that is installed (S22). A licence that is not listed here is a decision for a person.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Ask for no more than their own text; fine for every package. */
const ALLOWED = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0'],
]);

/** Fine for these packages only, for the reason given. */
const EXCEPTIONS: Record<string, { packages: RegExp; reason: string }> = {
  'MPL-2.0': {
    packages: /^(axe-core|@axe-core\/playwright|lightningcss(-.+)?)$/,
    reason: 'copyleft per file; used unmodified as tools, not part of what is shipped',
  },
  'OFL-1.1': {
    packages: /^@fontsource-variable\/(inter|jetbrains-mono)$/,
    reason: 'fonts; shipped unmodified and not sold alone',
  },
  'Python-2.0': { packages: /^argparse$/, reason: 'permissive; a part of js-yaml, used by tools only' },
  Unlicense: { packages: /^fast-sha256$/, reason: 'public domain' },
  WTFPL: { packages: /^truncate-utf8-bytes$/, reason: 'asks for nothing; used by electron-builder only' },
};

export interface Licensed {
  name: string;
  /** SPDX expression as the package gives it. */
  licence: string;
}

/** Every package below a node_modules folder. */
export function installedLicences(folder: string): Licensed[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(folder, name)).map((part) => `${name}/${part}`) : [name],
  );
  return names.flatMap((name) => {
    const own = path.join(folder, name);
    const file = path.join(own, 'package.json');
    if (name.startsWith('.') || !existsSync(file)) return [];
    const { license, licenses } = JSON.parse(readFileSync(file, 'utf8'));
    const licence = typeof license === 'string' ? license : JSON.stringify(license ?? licenses ?? 'none');
    return [{ name, licence }, ...installedLicences(path.join(own, 'node_modules'))];
  });
}

/** Gives one sentence for each package whose licence is not allowed. */
export function licenceProblems(packages: Licensed[]): string[] {
  return packages
    .filter(({ name, licence }) => !isAllowed(name, licence))
    .map(({ name, licence }) => `${name} is under ${licence}, which nobody has allowed`);
}

/** Understands `A OR B`, `A AND B` and parentheses around the whole. */
function isAllowed(name: string, expression: string): boolean {
  const plain = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' OR ')) return plain.split(' OR ').some((part) => isAllowed(name, part));
  if (plain.includes(' AND ')) return plain.split(' AND ').every((part) => isAllowed(name, part));
  return ALLOWED.has(plain) || EXCEPTIONS[plain]?.packages.test(name) === true;
}
