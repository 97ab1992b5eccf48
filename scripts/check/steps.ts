// The checks as data. Each step says how many files it saw, and one that saw none has failed.
import path from 'node:path';
import { runCommand } from '../setup/run-command.mjs';
import { ROOT, sourceFiles } from './source-files.ts';

export interface Outcome {
  /** What the tool said, shown only when the step failed. */
  output: string;
  ok: boolean;
  /** Files the tool looked at. */
  seen: number;
}

export interface Step {
  name: string;
  run: () => Promise<Outcome>;
}

/** One tsconfig.json each, so that each layer is checked with only the globals it really has. */
const LAYERS = ['preload/contract', 'preload', 'main/core', 'main/shell', 'renderer', 'scripts', 'test'];

/** Everything of `npm run check` except the architecture test, which is a test file. */
export function checkSteps(): Step[] {
  const typed = new Set<string>();
  return [
    { name: 'format and lint', run: formatAndLint },
    ...LAYERS.map((layer) => ({ name: `types of ${layer}`, run: () => types(layer, typed) })),
    { name: 'types of every file', run: async () => everyFileTyped(typed) },
    { name: 'unused code', run: unusedCode },
  ];
}

async function formatAndLint(): Promise<Outcome> {
  const bin = 'node_modules/@biomejs/biome/bin/biome';
  const { ok, out } = await tool(bin, ['ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=40']);
  return { ok, output: out, seen: count(out, /Checked (\d+) files?/) };
}

async function types(layer: string, typed: Set<string>): Promise<Outcome> {
  const { ok, out } = await tool('node_modules/typescript/bin/tsc', [
    '-p',
    layer,
    '--listFiles',
    '--pretty',
    'false',
  ]);
  const lines = out.split('\n');
  const own = lines.map(ownFile).filter((file) => file !== null);
  for (const file of own) typed.add(file);
  const output = lines.filter((line) => ownFile(line) === null && !line.includes('node_modules')).join('\n');
  return { ok, output, seen: own.length };
}

/** A file outside every tsconfig.json would never be type-checked, and nobody would notice. */
function everyFileTyped(typed: Set<string>): Outcome {
  const left = sourceFiles().filter((file) => !typed.has(file));
  return { ok: left.length === 0, output: `No tsconfig.json includes: ${left.join(', ')}`, seen: typed.size };
}

async function unusedCode(): Promise<Outcome> {
  const { ok, out } = await tool('node_modules/knip/bin/knip.js', [
    '--no-progress',
    '--treat-config-hints-as-errors',
    '--reporter=symbols',
    '--reporter=./scripts/check/knip-reporter.ts',
  ]);
  return { ok, output: out, seen: count(out, /knip saw (\d+) files/) };
}

/** A path that tsc lists, if it is one of ours, relative to the clone. */
function ownFile(line: string): string | null {
  const file = path.relative(ROOT, path.normalize(line.trim())).replaceAll(path.sep, '/');
  const listed = path.isAbsolute(line.trim()) && !file.startsWith('..') && !file.includes('node_modules/');
  return listed ? file : null;
}

function count(out: string, pattern: RegExp): number {
  return Number(pattern.exec(out)?.[1] ?? 0);
}

function tool(script: string, args: string[]) {
  return runCommand(process.execPath, [path.join(ROOT, script), ...args], { cwd: ROOT, seconds: 300 });
}
