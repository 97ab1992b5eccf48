// A filter as SQL. The parts that have facets are kept apart, so that one grouped count serves all four of them.
import type { SQLInputValue } from 'node:sqlite';
import type { FindingFilter } from '../../../../preload/contract/scanner.ts';
import { SEVERITIES } from './finding-columns.ts';

export interface Where {
  /** Conditions on a table named `f`, joined by AND; never empty. */
  sql: string;
  values: SQLInputValue[];
}

export type FacetName = 'severity' | 'provider' | 'rule' | 'source';
export const FACETS: readonly FacetName[] = ['severity', 'provider', 'rule', 'source'];

/** Findings that are a stored key of now. */
const IS_KNOWN = `f.key_fingerprint IS NOT NULL AND f.key_fingerprint IN
  (SELECT fingerprint FROM keys WHERE state = 'active')`;

/** Everything but the facets. */
export function whereBase(filter: FindingFilter): Where {
  const parts: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (sql: string, ...given: SQLInputValue[]) => {
    parts.push(`(${sql})`);
    values.push(...given);
  };
  if (filter.repoId !== null) add('f.repo_id = ?', filter.repoId);
  if (filter.state === 'open') add('f.marked = 0 AND f.suppressed IS NULL');
  if (filter.state === 'marked') add('f.marked = 1');
  if (filter.state === 'suppressed') add('f.suppressed IS NOT NULL');
  if (filter.present !== null) add('f.present = ?', Number(filter.present));
  if (filter.known !== null) add(filter.known ? IS_KNOWN : `NOT coalesce((${IS_KNOWN}), 0)`);
  const text = filter.text.trim().toLowerCase();
  if (text !== '') {
    const named = `SELECT fingerprint FROM keys WHERE state = 'active' AND instr(lower(name), ?) > 0`;
    add(`instr(f.words, ?) > 0 OR f.key_fingerprint IN (${named})`, text, text);
  }
  return { sql: parts.join(' AND ') || '1', values };
}

/** The facets that are set. */
export function whereFacets(filter: FindingFilter): Where {
  const parts: string[] = [];
  const values: SQLInputValue[] = [];
  for (const name of FACETS) {
    const wanted = wantedOf(filter, name);
    if (wanted.length === 0) continue;
    parts.push(`f.${name} IN (${wanted.map(() => '?').join(', ')})`);
    values.push(...wanted);
  }
  return { sql: parts.join(' AND ') || '1', values };
}

/** As stored: severities are numbers. Empty: all. */
export function wantedOf(filter: FindingFilter, name: FacetName): (string | number)[] {
  return name === 'severity' ? filter.severity.map((one) => SEVERITIES.indexOf(one)) : [...filter[name]];
}
