// A filter as SQL. Rule, provider, severity and source are chosen among the few kinds of findings beforehand.
import type { SQLInputValue } from 'node:sqlite';
import type { FindingFilter } from '../../../../preload/contract/scanner.ts';
import type { FindingKind } from './finding-kinds.ts';

export interface Where {
  /** A condition on a table named `f`. */
  sql: string;
  values: SQLInputValue[];
}

export type FacetName = 'severity' | 'provider' | 'rule' | 'source';
export const FACETS: readonly FacetName[] = ['severity', 'provider', 'rule', 'source'];

/** Findings that are a stored key of now. */
const IS_KNOWN = `f.key_fingerprint IS NOT NULL AND f.key_fingerprint IN
  (SELECT fingerprint FROM keys WHERE state = 'active')`;

/** Everything but the facets. */
export function whereBase(filter: FindingFilter, kinds: ReadonlyMap<number, FindingKind>): Where {
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
  if (filter.known !== null) add(filter.known ? IS_KNOWN : `NOT (${IS_KNOWN})`);
  const text = filter.text.trim().toLowerCase();
  if (text !== '') {
    const named = `SELECT fingerprint FROM keys WHERE state = 'active' AND instr(lower(name), ?) > 0`;
    const alike = [...kinds.values()].filter(({ rule, provider }) =>
      `${rule}\n${provider}`.toLowerCase().includes(text),
    );
    add(`instr(f.words, ?) > 0 OR f.key_fingerprint IN (${named}) OR ${kindIn(alike)}`, text, text);
  }
  return { sql: parts.join(' AND ') || '1', values };
}

/** The kinds that all facets of the filter let through; `null`: none is set. */
export function kindsOf(
  filter: FindingFilter,
  kinds: ReadonlyMap<number, FindingKind>,
): FindingKind[] | null {
  if (FACETS.every((name) => filter[name].length === 0)) return null;
  return [...kinds.values()].filter((kind) => missesOf(filter, kind).length === 0);
}

/** The facets that keep this kind out. */
export function missesOf(filter: FindingFilter, kind: FindingKind): FacetName[] {
  return FACETS.filter((name) => filter[name].length > 0 && !filter[name].some((one) => one === kind[name]));
}

/** Numbers of our own: no text of anybody gets into the SQL. */
export const kindIn = (kinds: readonly FindingKind[]): string =>
  `f.kind IN (${kinds.map(({ id }) => Math.trunc(id)).join(', ')})`;
