// A baseline: findings that are known and not to be told again. A file for a repository, so it is made to be read and
// compared: one finding a line, always in the same order, and nothing in it that would help to guess a secret.
import * as z from 'zod';
import { AppError } from '../../../../preload/contract/errors.ts';

export interface BaselineEntry {
  fingerprint: string;
  rule: string;
  path: string;
  reason: string;
}

const BaselineFile = z.object({
  'keybench-baseline': z.literal(1),
  findings: z.array(
    z.object({
      fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
      rule: z.string().max(200),
      path: z.string().max(10_000),
      reason: z.string().max(2000).default(''),
    }),
  ),
});

/** `RULES_INVALID` with a sentence that says what is wrong with which file. */
export function readBaseline(text: string, file: string): BaselineEntry[] {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw invalid(file, 'it is not JSON');
  }
  const parsed = BaselineFile.safeParse(json);
  if (parsed.success) return parsed.data.findings;
  const version = (json as Record<string, unknown> | null)?.['keybench-baseline'];
  if (version === undefined) throw invalid(file, 'it has no "keybench-baseline"');
  if (version !== 1) throw invalid(file, 'it was written by a newer version of Keybench');
  const [where, index, field] = parsed.error.issues[0]?.path ?? [];
  if (where !== 'findings' || typeof index !== 'number') throw invalid(file, 'its "findings" is not a list');
  throw invalid(
    file,
    `finding ${index + 1} has no valid ${typeof field === 'string' ? `"${field}"` : 'fields'}`,
  );
}

const invalid = (file: string, what: string) =>
  new AppError(
    'RULES_INVALID',
    `The baseline ${file} cannot be used: ${what}. Write it anew with --update-baseline.`,
  );

/** The same findings give the same bytes. Each fingerprint and path once. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const unique = new Map(entries.map((entry) => [`${entry.fingerprint}\0${entry.path}`, entry]));
  const lines = [...unique.values()]
    .sort(
      (a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint),
    )
    .map(
      ({ fingerprint, rule, path, reason }) => `    ${JSON.stringify({ fingerprint, rule, path, reason })}`,
    );
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "keybench-baseline": 1,\n  "findings": ${list}\n}\n`;
}

/**
 * What an update makes of a baseline: all that is found now, with the reasons given before. `complete`: everything was
 * looked at, so what was not found is dropped; otherwise it stays.
 */
export function updateBaseline(
  before: readonly BaselineEntry[],
  found: readonly Omit<BaselineEntry, 'reason'>[],
  complete: boolean,
): BaselineEntry[] {
  const reasons = new Map(before.map(({ fingerprint, reason }) => [fingerprint, reason]));
  const now = found.map(({ fingerprint, rule, path }) => {
    return { fingerprint, rule, path, reason: reasons.get(fingerprint) ?? '' };
  });
  return complete ? now : [...before, ...now];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
