// A finding as a row: the same columns in the table of stored findings and in the one of a running scan.
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Finding } from '../model.ts';
import { type FindingKind, SEVERITIES } from './finding-kinds.ts';

/** All but `id`, `repo_id`, `marked` and `first_seen`, which are not the scan's to say. */
export const FOUND_COLUMNS = [
  'kind',
  'severity',
  'path',
  'line',
  'col',
  'masked',
  'fingerprint',
  'key_fingerprint',
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

/** In the order of FOUND_COLUMNS. */
export type FoundValues = (string | number | null)[];

/** `keyFingerprint`: of the stored key that the scan has seen in it, which may be kept beside another pepper. */
export function toValues(finding: Finding, kind: number, keyFingerprint: string | null): FoundValues {
  const { path, author } = finding;
  return [
    kind,
    SEVERITIES.indexOf(finding.severity),
    path,
    finding.line,
    finding.column,
    finding.masked,
    finding.fingerprint,
    keyFingerprint ?? finding.keyFingerprint,
    finding.oid,
    finding.commit,
    author,
    finding.email,
    finding.at,
    finding.refs.length === 0 ? '[]' : JSON.stringify(finding.refs),
    finding.versions,
    finding.present === null ? null : Number(finding.present),
    finding.suppressed,
    `${path}\n${author ?? ''}`.toLowerCase(),
  ] satisfies SQLInputValue[];
}

/** A row as it is stored. */
export interface StoredFinding extends Omit<FindingKind, 'id'> {
  id: number;
  repoId: string;
  masked: string;
  fingerprint: string;
  keyFingerprint: string | null;
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

export function fromRow(
  row: Record<string, SQLOutputValue>,
  kinds: ReadonlyMap<number, FindingKind>,
): StoredFinding {
  const text = (column: string) => row[column] as string;
  const maybe = (column: string) => row[column] as string | null;
  const number = (column: string) => row[column] as number;
  const kind = kinds.get(number('kind'));
  return {
    id: number('id'),
    repoId: text('repo_id'),
    rule: kind?.rule ?? '',
    provider: kind?.provider ?? '',
    severity: SEVERITIES[number('severity')] ?? 'low',
    source: kind?.source ?? 'history',
    description: kind?.description ?? '',
    masked: text('masked'),
    fingerprint: text('fingerprint'),
    keyFingerprint: maybe('key_fingerprint'),
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
