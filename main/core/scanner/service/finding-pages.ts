// Lists of findings, filtered, sorted and counted in SQL. Fifty thousand rows stay where they are: only the numbers that
// order them, and the rows of the page, are read.
import type { DatabaseSync } from 'node:sqlite';
import type {
  FindingFilter,
  FindingPage,
  FindingRow,
  FindingSort,
} from '../../../../preload/contract/scanner.ts';
import { reading } from '../../history/database.ts';
import { FOUND_COLUMNS, fromRow, type StoredFinding } from './finding-columns.ts';
import { type FindingKind, findingKinds, SEVERITIES } from './finding-kinds.ts';
import type { FindingMarks } from './finding-marks.ts';
import { FACETS, type FacetName, kindIn, kindsOf, missesOf, whereBase } from './finding-where.ts';
import { storedKeys } from './known-keys.ts';
import { LIVE, type LiveFindings } from './live-findings.ts';

export interface PageQuery {
  filter: FindingFilter;
  sort: FindingSort;
  descending: boolean;
  offset: number;
  limit: number;
}

const COLUMNS = ['id', 'repo_id', 'marked', 'first_seen', ...FOUND_COLUMNS].join(', ');
/** Beyond this the order of all rows is read once and kept, so that scrolling does not sort again and again. */
const SHALLOW = 400;

/** Each order is whole: two rows are never equal in it. What has no value comes last in both directions. */
const ORDERS: Record<FindingSort, (direction: 'ASC' | 'DESC') => string> = {
  severity: (way) => `f.severity ${way}, f.path ${way}, f.line ${way}, f.id ${way}`,
  rule: (way) => `k.rule ${way}, f.path ${way}, f.line ${way}, f.id ${way}`,
  path: (way) => `f.path ${way}, f.line ${way}, f.id ${way}`,
  at: (way) => `f.at IS NULL, f.at ${way}, f.id ${way}`,
  key: (way) => `s.name IS NULL, s.name ${way}, f.severity, f.path, f.line, f.id`,
};
const JOINS: Partial<Record<FindingSort, string>> = {
  rule: 'JOIN finding_kinds k ON k.id = f.kind',
  key: `LEFT JOIN (SELECT fingerprint, min(lower(name)) AS name FROM keys
    WHERE state = 'active' AND fingerprint <> '' GROUP BY fingerprint) s ON s.fingerprint = f.key_fingerprint`,
};

export class FindingPages {
  #db: DatabaseSync;
  #live: LiveFindings;
  #marks: FindingMarks;
  #order: { of: string; ids: number[] } | null = null;
  #counts: { of: string; byKind: [FindingKind, number][] } | null = null;
  constructor(deps: { db: DatabaseSync; live: LiveFindings; marks: FindingMarks }) {
    this.#db = deps.db;
    this.#live = deps.live;
    this.#marks = deps.marks;
  }

  /** To be called when findings, marks or stored keys have changed. */
  changed(): void {
    this.#order = null;
    this.#counts = null;
  }

  page(query: PageQuery): FindingPage {
    return reading(this.#db, () => {
      const kinds = findingKinds(this.#db);
      const counts = this.#count(query.filter, kinds);
      const ids = counts.total > query.offset ? this.#ids(query, kinds) : [];
      return { rows: this.dress(this.#rows(ids, kinds)), ...counts };
    });
  }

  /** All that the filter shows, worst first, in pieces that do not hold a statement open. */
  *all(filter: FindingFilter, size = 500): Generator<StoredFinding[]> {
    const kinds = reading(this.#db, () => findingKinds(this.#db));
    const query = { filter, sort: 'severity' as const, descending: false };
    const ids = reading(this.#db, () => this.#select({ ...query, offset: 0, limit: -1 }, kinds));
    for (let at = 0; at < ids.length; at += size)
      yield reading(this.#db, () => this.#rows(ids.slice(at, at + size), kinds));
  }

  find(id: number): { row: FindingRow; stored: StoredFinding } | null {
    return reading(this.#db, () => {
      const [stored] = this.#rows([id], findingKinds(this.#db));
      const [row] = stored ? this.dress([stored]) : [];
      return stored && row ? { row, stored } : null;
    });
  }

  #ids(query: PageQuery, kinds: ReadonlyMap<number, FindingKind>): number[] {
    const end = query.offset + query.limit;
    const of = JSON.stringify([query.filter, query.sort, query.descending]);
    if (this.#order?.of === of) return this.#order.ids.slice(query.offset, end);
    if (end <= SHALLOW) return this.#select(query, kinds);
    const ids = this.#select({ ...query, offset: 0, limit: -1 }, kinds);
    this.#order = { of, ids };
    return ids.slice(query.offset, end);
  }

  #select(query: PageQuery, kinds: ReadonlyMap<number, FindingKind>): number[] {
    const { filter, sort, descending, offset, limit } = query;
    const base = whereBase(filter, kinds);
    const chosen = kindsOf(filter, kinds);
    const statement = this.#db.prepare(
      `SELECT f.id FROM ${this.#from()} f ${JOINS[sort] ?? ''}
       WHERE ${base.sql}${chosen === null ? '' : ` AND ${kindIn(chosen)}`}
       ORDER BY ${ORDERS[sort](descending ? 'DESC' : 'ASC')} LIMIT ? OFFSET ?`,
    );
    statement.setReturnArrays(true);
    const rows = statement.all(...base.values, limit, offset) as unknown as [number][];
    return rows.map(([id]) => id);
  }

  #rows(ids: readonly number[], kinds: ReadonlyMap<number, FindingKind>): StoredFinding[] {
    const stored = this.#db.prepare(`SELECT ${COLUMNS} FROM findings WHERE id = ?`);
    const live = this.#db.prepare(`SELECT ${COLUMNS} FROM ${LIVE} WHERE id = ?`);
    return ids.flatMap((id) => {
      const row = (id < 0 ? live : stored).get(id);
      return row ? [fromRow(row, kinds)] : [];
    });
  }

  #count(
    filter: FindingFilter,
    kinds: ReadonlyMap<number, FindingKind>,
  ): Pick<FindingPage, 'total' | 'facets'> {
    const counts = new Map(FACETS.map((name) => [name, new Map<string, number>()]));
    let total = 0;
    for (const [kind, n] of this.#countKinds(filter, kinds)) {
      const misses = missesOf(filter, kind);
      if (misses.length === 0) total += n;
      for (const name of FACETS) {
        // A facet counts what choosing its value would show.
        if (misses.some((miss) => miss !== name)) continue;
        const count = counts.get(name)!;
        count.set(kind[name], (count.get(kind[name]) ?? 0) + n);
      }
    }
    const facet = (name: FacetName) =>
      [...counts.get(name)!]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return {
      total,
      facets: {
        severity: facet('severity').sort((a, b) => rank(a.value) - rank(b.value)),
        provider: facet('provider'),
        rule: facet('rule'),
        source: facet('source'),
      },
    };
  }

  /** Under everything but the facets: choosing another facet counts nothing anew. */
  #countKinds(filter: FindingFilter, kinds: ReadonlyMap<number, FindingKind>): [FindingKind, number][] {
    const base = whereBase(filter, kinds);
    const of = JSON.stringify(base);
    if (this.#counts?.of === of) return this.#counts.byKind;
    const byKind = this.#db
      .prepare(`SELECT f.kind, count(*) AS n FROM ${this.#from()} f WHERE ${base.sql} GROUP BY f.kind`)
      .all(...base.values)
      .flatMap(({ kind, n }): [FindingKind, number][] => {
        const known = kinds.get(kind as number);
        return known ? [[known, n as number]] : [];
      });
    this.#counts = { of, byKind };
    return byKind;
  }

  /** With nothing running the stored rows alone, which an index serves. */
  #from(): string {
    if (!this.#live.any) return 'findings';
    return `(SELECT ${COLUMNS} FROM findings UNION ALL SELECT ${COLUMNS} FROM ${LIVE})`;
  }

  /** Rows as a window shows them: with the names of repository and stored key, and the mark that holds. */
  dress(stored: readonly StoredFinding[]): FindingRow[] {
    const names = new Map<string, string>();
    const nameOf = this.#db.prepare('SELECT name FROM scan_repos WHERE id = ?');
    const keys = storedKeys(this.#db);
    return stored.map((one) => {
      const repoName = names.get(one.repoId) ?? ((nameOf.get(one.repoId)?.name ?? '') as string);
      names.set(one.repoId, repoName);
      const key = one.keyFingerprint === null ? undefined : keys.get(one.keyFingerprint);
      return {
        id: one.id,
        repoId: one.repoId,
        repoName,
        rule: one.rule,
        provider: one.provider,
        severity: one.severity,
        masked: one.masked,
        source: one.source,
        path: one.path,
        line: one.line,
        commit: one.commit,
        author: one.author,
        at: one.at,
        present: one.present,
        versions: one.versions,
        key: key ? { id: key.id, name: key.name } : null,
        suppressed: one.suppressed,
        mark: one.marked ? this.#marks.of(one.repoId, one.fingerprint) : null,
        provisional: one.id < 0,
      };
    });
  }
}

const rank = (severity: string) => (SEVERITIES as readonly string[]).indexOf(severity);
