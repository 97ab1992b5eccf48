// `.keybench.toml`: rules, allow lists and settings of a scan that people write themselves. What is wrong in it is said
// in one sentence each, and left out; the rest counts.
import { parse, TomlError } from 'smol-toml';
import type { AllowList, Rule, RuleChoice, Severity } from '../model.ts';
import { ConfigTable } from './config-table.ts';
import { ProbeTime, safePattern } from './safe-pattern.ts';

/** Whose text it is, and how its errors call it. */
export type ConfigPlace = Pick<RuleChoice['configs'][number], 'from' | 'path'>;

export interface Config {
  rules: Rule[];
  allow: AllowList[];
  /** Rule ids. */
  enable: string[];
  disable: string[];
  /** Bytes; `null`: not said. */
  maxBlob: number | null;
  /** One sentence each. */
  problems: string[];
}

const MOST_CHARACTERS = 512 * 1024;
const MOST_ENTRIES = 500;
const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low'];
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Never throws. `taken`: ids that rules of a config may not have. */
export function parseConfig(text: string, where: ConfigPlace, taken: ReadonlySet<string>): Config {
  const config: Config = { rules: [], allow: [], enable: [], disable: [], maxBlob: null, problems: [] };
  const say = (sentence: string) => void config.problems.push(`${where.path}: ${sentence}`);
  const root = rootOf(text, say);
  if (!root) return config;
  const time = new ProbeTime();
  const ids = new Set(taken);
  for (const table of root.tables('rules', MOST_ENTRIES)) {
    const rule = ruleOf(table, where, ids, time);
    if (!rule) continue;
    ids.add(rule.id);
    config.rules.push(rule);
  }
  for (const table of root.tables('allow', MOST_ENTRIES)) {
    const list = allowOf(table, time);
    if (list) config.allow.push(list);
  }
  const scan = root.table('scan');
  if (scan) {
    config.enable = scan.strings('enable');
    config.disable = scan.strings('disable');
    config.maxBlob = sizeOf(scan, where);
    scan.close();
  }
  root.close();
  return config;
}

function rootOf(text: string, say: (sentence: string) => void): ConfigTable | null {
  if (text.length > MOST_CHARACTERS) {
    say(`is larger than ${MOST_CHARACTERS / 1024} KB and was ignored; keep only what is needed.`);
    return null;
  }
  try {
    return new ConfigTable(parse(text.replace(/^\uFEFF/, '')), '', say);
  } catch (error) {
    // The library's own message quotes the line, which may hold a secret.
    const place = error instanceof TomlError ? `line ${error.line}, column ${error.column}` : 'the file';
    say(`${place} is no valid TOML, so all of it was ignored; correct it there.`);
    return null;
  }
}

function ruleOf(
  table: ConfigTable,
  where: ConfigPlace,
  taken: ReadonlySet<string>,
  time: ProbeTime,
): Rule | null {
  const id = table.text('id', 64);
  const source = table.text('pattern', 2_000);
  const provider =
    table.text('provider', 60) ?? (where.from === 'repository' ? 'This repository' : 'Own rule');
  const description = table.text('description', 200) ?? 'Is what a rule of your own looks for.';
  const severity = table.text('severity', 10) ?? 'medium';
  const anchors = table.strings('anchors').map((anchor) => anchor.toLowerCase());
  const entropy = table.number('entropy', 0, 8);
  const revoke = table.text('revoke', 300);
  table.close();
  if (id === null || !ID.test(id))
    return table.fail('has no usable id; give it one of lower-case letters, digits and hyphens.');
  table.name = `rule "${id}"`;
  if (taken.has(id)) return table.fail('has the id of another rule; give it one of its own.');
  if (!isSeverity(severity)) return table.fail(`has the severity "${severity}"; write high, medium or low.`);
  if (revoke !== null && !/^https:\/\/[^\s"<>]+$/.test(revoke))
    return table.fail('has a revoke link that is no https address; correct or remove it.');
  if (anchors.length === 0 || anchors.length > 50)
    return table.fail('needs 1 to 50 anchors: short texts that stand in or beside every match.');
  const anchor = anchors.find((one) => !/^[\x20-\x7e]{3,64}$/.test(one));
  if (anchor !== undefined)
    return table.fail('has an anchor that is not 3 to 64 ASCII characters long; choose another.');
  if (source === null) return table.fail('has no pattern; add one.');
  const { pattern, problem } = safePattern(...spelling(source), time, anchors);
  if (problem !== undefined) return table.fail(`has a pattern that ${problem}; change it.`);
  return {
    id,
    provider,
    family: 'user',
    description,
    severity,
    anchors,
    pattern,
    revoke,
    samples: { match: [], miss: [] },
    ...(entropy === null ? {} : { entropy }),
  };
}

/** Other scanners write `(?i)` at the beginning and `(?P<name>`; both are understood. */
function spelling(source: string): [source: string, flags: string] {
  const folded = source.startsWith('(?i)');
  return [source.slice(folded ? 4 : 0).replaceAll('(?P<', '(?<'), folded ? 'gim' : 'gm'];
}

function allowOf(table: ConfigTable, time: ProbeTime): AllowList | null {
  const rules = table.strings('rules');
  const paths = patternsOf(table, 'paths', time);
  const secrets = patternsOf(table, 'secrets', time);
  const stopWords = table.strings('stop_words');
  const reason = table.text('reason', 300) ?? '';
  table.close();
  if (stopWords.some((word) => word.length < 3))
    return table.fail('has a stop word of fewer than three characters; make it longer.');
  if (paths.length + secrets.length + stopWords.length === 0)
    return table.fail('allows nothing; add paths, secrets or stop_words.');
  return { rules, paths, secrets, stopWords, reason };
}

function patternsOf(table: ConfigTable, key: string, time: ProbeTime): RegExp[] {
  return table.strings(key).flatMap((source, index) => {
    const [plain, flags] = spelling(source);
    const { pattern, problem } = safePattern(plain, flags.replace(/[gm]/g, ''), time);
    if (problem === undefined) return [pattern];
    table.fail(`has a pattern, number ${index + 1} of ${key}, that ${problem}; change it.`);
    return [];
  });
}

function sizeOf(scan: ConfigTable, where: ConfigPlace): number | null {
  const value = scan.take('max_blob');
  if (value === undefined) return null;
  const [, digits, unit = ''] = /^([0-9]{1,12}) ?([kmg]?)i?b?$/i.exec(String(value)) ?? [];
  if (digits === undefined)
    return scan.fail('has a max_blob that is no size; write a number of bytes, or for example "20 MB".');
  // A small limit would hide what is in larger files.
  if (where.from === 'repository')
    return scan.fail('has max_blob, which only your own settings may set; remove it from the repository.');
  return Number(digits) * UNITS[unit.toLowerCase()]!;
}

const isSeverity = (text: string): text is Severity => (SEVERITIES as readonly string[]).includes(text);
