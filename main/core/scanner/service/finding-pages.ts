// Lists of findings, filtered, sorted and counted in SQL: a page of fifty thousand rows costs about what a page of fifty
// does, and nothing but the page leaves the database.
import type { DatabaseSync } from 'node:sqlite';
import type {
  FindingFilter,
  FindingPage,
  FindingRow,
  FindingSort,
} from '../../../../preload/contract/scanner.ts';
import { reading } from '../../history/database.ts';
import { FOUND_COLUMNS, fromRow, SEVERITIES, type StoredFinding } from './finding-columns.ts';
import type { FindingMarks } from './finding-marks.ts';
import { FACETS, type FacetName, wantedOf, whereBase, whereFacets } from './finding-where.ts';
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

/** Each order is whole: two rows are never equal in it. What has no value comes last in both directions. */
const ORDERS: Record<FindingSort, (direction: 'ASC' | 'DESC') => string> = {
  severity: (way) => `f.severity ${way}, f.path ${way}, f.line ${way}, f.id ${way}`,
  rule: (way) => `f.rule ${way}, f.path ${way}, f.line ${way}, f.id ${way}`,
  path: (way) => `f.path ${way}, f.line ${way}, f.id ${way}`,
  at: (way) => `f.at IS NULL, f.at ${way}, f.id ${way}`,
  key: (way) => `key_name IS NULL, key_name ${way}, f.severity, f.path, f.line, f.id`,
};
const KEY_NAME = `(SELECT min(lower(name)) FROM keys k
  WHERE k.fingerprint = f.key_fingerprint AND k.state = 'active') AS key_name`;

export class FindingPages {
  #db: DatabaseSync;
  #live: LiveFindings;
  #marks: FindingMarks;
  constructor(deps: { db: DatabaseSync; live: LiveFindings; marks: FindingMarks }) {
    this.#db = deps.db;
    this.#live = deps.live;
    this.#marks = deps.marks;
  }

  page(query: PageQuery): FindingPage {
    return reading(this.#db, () => {
      const { total, facets } = this.#count(query.filter);
      const rows = total > query.offset ? this.#select(query) : [];
      return { rows: this.#dress(rows), total, facets };
    });
  }

  /** All that the filter shows, worst first, in pieces that do not hold a statement open. */
  *all(filter: FindingFilter, size = 500): Generator<{ rows: FindingRow[]; stored: StoredFinding[] }> {
    for (let offset = 0; ; offset += size) {
      const query: PageQuery = { filter, sort: 'severity', descending: false, offset, limit: size };
      const stored = reading(this.#db, () => this.#select(query));
      if (stored.length > 0) yield { rows: this.#dress(stored), stored };
      if (stored.length < size) return;
    }
  }

  find(id: number): { row: FindingRow; stored: StoredFinding } | null {
    const table = id < 0 ? LIVE : 'findings';
    const found = reading(this.#db, () =>
      this.#db.prepare(`SELECT ${COLUMNS} FROM ${table} WHERE id = ?`).get(id),
    );
    if (!found) return null;
    const stored = fromRow(found);
    const [row] = this.#dress([stored]);
    return row ? { row, stored } : null;
  }

  #select({ filter, sort, descending, offset, limit }: PageQuery): StoredFinding[] {
    const base = whereBase(filter);
    const facets = whereFacets(filter);
    const order = ORDERS[sort](descending ? 'DESC' : 'ASC');
    const key = sort === 'key' ? `, ${KEY_NAME}` : '';
    return this.#db
      .prepare(
        `SELECT ${COLUMNS}${key} FROM ${this.#from()} f WHERE ${base.sql} AND ${facets.sql}
         ORDER BY ${order} LIMIT ? OFFSET ?`,
      )
      .all(...base.values, ...facets.values, limit, offset)
      .map(fromRow);
  }

  /** One count by all four facets together; there are few of these groups, so the rest is added up here. */
  #count(filter: FindingFilter): Pick<FindingPage, 'total' | 'facets'> {
    const base = whereBase(filter);
    const groups = this.#db
      .prepare(
        `SELECT ${FACETS.join(', ')}, count(*) AS n FROM ${this.#from()} f WHERE ${base.sql}
         GROUP BY ${FACETS.join(', ')}`,
      )
      .all(...base.values);
    const wanted = FACETS.map((name) => ({ name, values: wantedOf(filter, name) }));
    const counts = new Map(FACETS.map((name) => [name, new Map<string, number>()]));
    let total = 0;
    for (const group of groups) {
      const n = group.n as number;
      const misses = wanted.filter(
        ({ name, values }) => values.length > 0 && !values.some((value) => value === group[name]),
      );
      if (misses.length === 0) total += n;
      for (const name of FACETS) {
        // A facet counts what choosing its value would show.
        if (misses.some((miss) => miss.name !== name)) continue;
        const value = name === 'severity' ? SEVERITIES[group.severity as number]! : (group[name] as string);
        const count = counts.get(name)!;
        count.set(value, (count.get(value) ?? 0) + n);
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

  /** With nothing running the stored rows alone, whose indices then serve the order. */
  #from(): string {
    if (!this.#live.any) return 'findings';
    return `(SELECT ${COLUMNS} FROM findings UNION ALL SELECT ${COLUMNS} FROM ${LIVE})`;
  }

  #dress(stored: readonly StoredFinding[]): FindingRow[] {
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
