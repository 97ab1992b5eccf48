// The rules of ARCHITECTURE.md as pure functions over the text of all files, so that each can be shown to find
// a planted violation (test/architecture.test.ts).
import { importsOf } from './imports.ts';
import { LAYERS, type Layer } from './layer-table.ts';
import { stripComments } from './strip-comments.ts';

/** Path relative to the clone → text. */
export type Sources = ReadonlyMap<string, string>;

/** Outside core; and in core where SDK variables are removed, where the helper's own ones are picked, and PATH for git. */
const READS_ENVIRONMENT =
  /^(?!main\/core\/)|^main\/core\/(providers\/sdk-environment|keys\/fork-keytar|scanner\/git\/recipe)\.ts$/;

/** The keychain's helper; git (its version, and the recipe); two ways to open a browser. */
const STARTS_PROGRAMS =
  /^main\/(core\/(keys\/fork-keytar|scanner\/git\/(recipe|git-program))|shell\/(open-system-browser|browser\/open-browser))\.ts$/;

/** Gives one sentence for each violation. */
export type Rule = (sources: Sources) => string[];

const MAX_LINES = 300;

/** Product code; what tests and scripts do is their own affair. */
const isProduct = (file: string) => /^(main|preload|renderer)\//.test(file);

const layers: Rule = (sources) =>
  each(sources, (file, text) => {
    const layer = LAYERS.find(({ files }) => files.test(file));
    if (!layer) return [`${file} is in no layer; put it into a folder that layer-table.ts knows`];
    return importsOf(file, text)
      .filter((found) => !allowed(layer, file, found.target, found.typeOnly))
      .map(({ line, specifier }) => `${file}:${line} (${layer.name}) must not import ${specifier}`);
  });

function allowed(layer: Layer, file: string, target: string, typeOnly: boolean): boolean {
  if (/\.css$/.test(target) && file.startsWith('renderer/')) return true;
  const [, captured = ''] = layer.files.exec(file) ?? [];
  const patterns = typeOnly ? [...layer.may, ...(layer.types ?? [])] : layer.may;
  return patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('$1', captured)}$`).test(target));
}

/** Type-only imports make no cycle: they are gone before anything is loaded. */
const cycles: Rule = (sources) => {
  const edges = new Map<string, string[]>();
  for (const [file, text] of sources)
    edges.set(
      file,
      importsOf(file, text)
        .filter(({ target, typeOnly }) => !typeOnly && sources.has(target))
        .map(({ target }) => target),
    );
  const found = new Map<string, string>();
  const done = new Set<string>();
  const visit = (file: string, trail: string[]) => {
    const at = trail.indexOf(file);
    if (at !== -1) {
      const loop = trail.slice(at);
      found.set([...loop].sort().join(), `${[...loop, file].join(' → ')} is a cycle`);
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return [...found.values()];
};

const size: Rule = (sources) =>
  each(sources, (file, text) => {
    const lines = text.split('\n').length - 1;
    return lines > MAX_LINES ? [`${file} has ${lines} lines; the limit is ${MAX_LINES}`] : [];
  });

const names: Rule = (sources) =>
  each(sources, (file) => {
    const name = file.split('/').at(-1) ?? '';
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name)) return [`${file} is not in kebab-case`];
    if (/^(utils?|helpers?|common|misc|shared)\b|-?manager\b/.test(name))
      return [`${file} does not say what it holds`];
    return [];
  });

/** One package or folder is imported only by these files. */
function onlyIn(target: string, where: RegExp): Rule {
  return (sources) =>
    each(sources, (file, text) =>
      isProduct(file) && !where.test(file)
        ? importsOf(file, text)
            .filter((found) => found.target === target)
            .map(({ line }) => `${file}:${line} must not import ${target.replace('pkg:', '')}`)
        : [],
    );
}

/** A pattern that may stand in product code only in these files, and in at most `max` files. */
function onlyHere(pattern: RegExp, what: string, where: RegExp | null, max = Number.POSITIVE_INFINITY): Rule {
  return (sources) => {
    const hits = each(sources, (file, text) =>
      isProduct(file)
        ? stripComments(text)
            .split('\n')
            .flatMap((line, index) => (pattern.test(line) ? [{ file, at: `${file}:${index + 1}` }] : []))
        : [],
    );
    const astray = hits
      .filter(({ file }) => !where?.test(file))
      .map(({ at }) => `${at} must not use ${what}`);
    const files = new Set(hits.map(({ file }) => file));
    return files.size > max
      ? [...astray, `${what} is used in ${[...files].join(', ')}; one place only`]
      : astray;
  };
}

export const RULES: Record<string, Rule> = {
  layers,
  cycles,
  size,
  names,
  'electron only in its shell and the preload': onlyIn(
    'pkg:electron',
    /^main\/shell\/electron\/|^preload\/index\.ts$/,
  ),
  'keytar only in its helper process': onlyIn('pkg:keytar', /^main\/core\/keys\/keytar-process\.ts$/),
  'each provider SDK in one file': (sources) =>
    [
      onlyIn('pkg:@anthropic-ai/sdk', /^main\/core\/providers\/anthropic\.ts$/),
      onlyIn('pkg:openai', /^main\/core\/providers\/openai-sdk\.ts$/),
      onlyIn('pkg:@huggingface/inference', /^main\/core\/providers\/huggingface\.ts$/),
    ].flatMap((rule) => rule(sources)),
  'programs are started in few places': (sources) =>
    [
      onlyIn('node:child_process', STARTS_PROGRAMS),
      onlyIn('pkg:child_process', /^$/),
      onlyHere(/\bgetBuiltinModule\b|\bprocess\.binding\b/, 'modules by another way than import', null),
    ].flatMap((rule) => rule(sources)),
  'git runs by the recipe alone': onlyHere(
    // A program's name before its arguments: spawn('git', [...]), exec(`git ...`), or a path that ends so.
    /(\b(spawn|exec|execFile|fork)(Sync)?\(\s*['"`]([^'"`]*[/\\])?git\b)|\bfindGit\(|\busableGit\(/,
    'git',
    /^main\/core\/scanner\/git\/(recipe|git-program)\.ts$/,
  ),
  'one sanitiser': onlyIn('pkg:dompurify', /^renderer\/stream\/safe-markdown\.ts$/),
  'one place for openExternal': onlyHere(/\bopenExternal\b/, 'openExternal', /^main\/shell\/electron\//, 1),
  'one place for ipcMain': onlyHere(/\bipcMain\b/, 'ipcMain', /^main\/shell\/electron\//, 1),
  'one place for the window bridge': onlyHere(
    /\bexposeInMainWorld\b/,
    'exposeInMainWorld',
    /^preload\/index\.ts$/,
    1,
  ),
  'no HTML from strings': onlyHere(
    /dangerouslySetInnerHTML|\.(inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.write|createContextualFragment|\bsrcdoc\b/i,
    'HTML from a string',
    null,
  ),
  'zod as one namespace': onlyHere(
    /import\s+(?!(type\s+)?\* as z\b)[^;]*from\s+['"]zod/,
    'parts of zod',
    null,
  ),
  'core does not read the environment': (sources) =>
    onlyHere(/\bprocess\.env\b/, 'process.env', READS_ENVIRONMENT)(sources),
  'no code from text': onlyHere(/\beval\(|\bnew Function\(/, 'code from text', null),
  'no way around the type checker': (sources) =>
    each(sources, (file, text) =>
      /@ts-(ignore|nocheck|expect-error)/.test(text) && !file.includes('architecture')
        ? [`${file} switches the type checker off`]
        : [],
    ),
};

function each<T>(sources: Sources, find: (file: string, text: string) => T[]): T[] {
  return [...sources].flatMap(([file, text]) => find(file, text));
}
