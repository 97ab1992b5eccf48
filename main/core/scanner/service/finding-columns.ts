// A finding as a row: the same columns in the table of stored findings and in the one of a running scan.
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Finding, Severity } from '../model.ts';

/** The order in which they are stored: 0 is the worst. */
export const SEVERITIES = ['high', 'medium', 'low'] as const satisfies readonly Severity[];

/** All but `id`, `repo_id`, `marked` and `first_seen`, which are not the scan's to say. */
export const FOUND_COLUMNS = [
  'rule',
  'provider',
  'severity',
  'description',
  'masked',
  'fingerprint',
  'key_fingerprint',
  'source',
  'path',
  'line',
  'col',
  'oid',
  'commit_oid',
  'author',
  'email',
  'at',
  'refs',
  'versions',
  'present',
  'suppressed',
  'words',
] as const;

export type FoundColumn = (typeof FOUND_COLUMNS)[number];
export type FoundValues = Record<FoundColumn, string | number | null>;

/** `keyFingerprint`: of the stored key that the scan has seen in it, which may be kept beside another pepper. */
export function toValues(finding: Finding, keyFingerprint: string | null): FoundValues {
  const { rule, provider, path, author } = finding;
  return {
    rule,
    provider,
    severity: SEVERITIES.indexOf(finding.severity),
    description: finding.description,
    masked: finding.masked,
    fingerprint: finding.fingerprint,
    key_fingerprint: keyFingerprint ?? finding.keyFingerprint,
    source: finding.source,
    path,
    line: finding.line,
    col: finding.column,
    oid: finding.oid,
    commit_oid: finding.commit,
    author,
    email: finding.email,
    at: finding.at,
    refs: JSON.stringify(finding.refs),
    versions: finding.versions,
    present: finding.present === null ? null : Number(finding.present),
    suppressed: finding.suppressed,
    words: [path, rule, provider, author ?? ''].join('\n').toLowerCase(),
  };
}

/** A row as it is stored. */
export interface StoredFinding {
  id: number;
  repoId: string;
  rule: string;
  provider: string;
  severity: Severity;
  description: string;
  masked: string;
  fingerprint: string;
  keyFingerprint: string | null;
  source: Finding['source'];
  path: string;
  line: number;
  column: number;
  oid: string | null;
  commit: string | null;
  author: string | null;
  email: string | null;
  at: number | null;
  refs: string[];
  versions: number;
  present: boolean | null;
  suppressed: Finding['suppressed'];
  marked: boolean;
  firstSeen: number;
}

export function fromRow(row: Record<string, SQLOutputValue>): StoredFinding {
  const text = (column: string) => row[column] as string;
  const maybe = (column: string) => row[column] as string | null;
  const number = (column: string) => row[column] as number;
  return {
    id: number('id'),
    repoId: text('repo_id'),
    rule: text('rule'),
    provider: text('provider'),
    severity: SEVERITIES[number('severity')] ?? 'low',
    description: text('description'),
    masked: text('masked'),
    fingerprint: text('fingerprint'),
    keyFingerprint: maybe('key_fingerprint'),
    source: text('source') as StoredFinding['source'],
    path: text('path'),
    line: number('line'),
    column: number('col'),
    oid: maybe('oid'),
    commit: maybe('commit_oid'),
    author: maybe('author'),
    email: maybe('email'),
    at: row.at as number | null,
    refs: JSON.parse(text('refs')) as string[],
    versions: number('versions'),
    present: row.present === null ? null : row.present === 1,
    suppressed: maybe('suppressed') as StoredFinding['suppressed'],
    marked: row.marked === 1,
    firstSeen: number('first_seen'),
  };
}

/** In the order of FOUND_COLUMNS. */
export const inOrder = (values: FoundValues): SQLInputValue[] => FOUND_COLUMNS.map((name) => values[name]);
