// What findings have in common (rule, provider, severity, source), numbered: filters and counts work on a few hundred of
// these in memory, and on small numbers in the database.
import type { DatabaseSync } from 'node:sqlite';
import type { Finding, ScanSource, Severity } from '../model.ts';

/** The order in which they are stored: 0 is the worst. */
export const SEVERITIES = ['high', 'medium', 'low'] as const satisfies readonly Severity[];

export interface FindingKind {
  id: number;
  rule: string;
  provider: string;
  severity: Severity;
  source: ScanSource;
  description: string;
}

/** All there are, by number. */
export function findingKinds(db: DatabaseSync): Map<number, FindingKind> {
  const rows = db
    .prepare('SELECT id, rule, provider, severity, source, description FROM finding_kinds')
    .all();
  return new Map(
    rows.map((row) => {
      const id = row.id as number;
      const severity = SEVERITIES[row.severity as number] ?? 'low';
      const { rule, provider, description } = row as Record<string, string>;
      return [
        id,
        {
          id,
          severity,
          rule: rule ?? '',
          provider: provider ?? '',
          description: description ?? '',
          source: row.source as ScanSource,
        },
      ];
    }),
  );
}

/** Numbers for the findings of one scan; new kinds are written. To be used inside one transaction. */
export function kindNumbers(db: DatabaseSync): (finding: Finding) => number {
  const known = new Map([...findingKinds(db).values()].map((kind) => [keyOf(kind), kind.id]));
  const insert = db.prepare(
    'INSERT INTO finding_kinds (rule, provider, severity, source, description) VALUES (?, ?, ?, ?, ?)',
  );
  return (finding) => {
    const key = keyOf(finding);
    const there = known.get(key);
    if (there !== undefined) return there;
    const { rule, provider, severity, source, description } = finding;
    const rank = SEVERITIES.indexOf(severity);
    const id = Number(insert.run(rule, provider, rank, source, description).lastInsertRowid);
    known.set(key, id);
    return id;
  };
}

const keyOf = ({ rule, provider, severity, source, description }: Omit<FindingKind, 'id'>) =>
  [rule, provider, severity, source, description].join('\0');
