// Reports to be written in every format.
import type {
  Report,
  ReportFinding,
  RepositoryReport,
} from '../../../../../main/core/scanner/report/report.ts';
import { COUNTS } from '../service/rig.ts';

export function reported(n: number, part: Partial<ReportFinding> = {}): ReportFinding {
  return {
    rule: 'some-api-key',
    provider: 'Some',
    severity: 'high',
    description: 'Lets its finder do something.',
    masked: 'so··me',
    fingerprint: n.toString(16).padStart(32, '0'),
    source: 'history',
    path: `src/file-${n}.ts`,
    line: n + 1,
    column: 5,
    oid: 'b'.repeat(40),
    commit: 'c0ffee'.repeat(6).padEnd(40, '0'),
    author: 'Ada Example',
    email: 'ada@example.com',
    at: Date.UTC(2024, 0, 2, 3, 4, 5),
    refs: ['main'],
    versions: 1,
    present: false,
    suppressed: null,
    key: null,
    mark: null,
    revoke: 'https://some.example/keys',
    ...part,
  };
}

export function repository(
  findings: readonly ReportFinding[],
  part: Partial<RepositoryReport> = {},
): RepositoryReport {
  return {
    name: 'web-api',
    path: '/home/ada/web api',
    profile: 'history',
    summary: {
      counts: COUNTS,
      issues: [],
      startedAt: Date.UTC(2026, 10, 20, 12),
      ms: 1234,
      head: { ref: 'main', oid: 'a'.repeat(40) },
    },
    error: '',
    findings,
    ...part,
  };
}

export const report = (...repositories: RepositoryReport[]): Report => ({ version: '1.2.3', repositories });

/** One of everything that a report can say. */
export const everything = (): Report =>
  report(
    repository(
      [
        reported(1),
        reported(2, { severity: 'medium', rule: 'other-key', key: 'work-anthropic', revoke: null }),
        reported(3, {
          severity: 'low',
          source: 'untracked',
          commit: null,
          oid: null,
          author: null,
          at: null,
        }),
        reported(4, { source: 'message', path: '', line: 1 }),
        reported(5, { source: 'unreachable', path: '', commit: null }),
        reported(6, { suppressed: 'inline' }),
        reported(7, { suppressed: 'repository', mark: null }),
        reported(8, { mark: { kind: 'accepted', scope: 'everywhere', reason: 'a "test", really\nyes' } }),
        reported(9, { source: 'ignored', path: '.env', commit: null, present: true }),
      ],
      {
        summary: {
          counts: COUNTS,
          issues: [
            { kind: 'shallow', text: 'The history is cut off.', harmless: false },
            { kind: 'submodules', text: 'There are 2 submodules.', harmless: true },
          ],
          startedAt: 1,
          ms: 5,
          head: null,
        },
      },
    ),
    repository([], {
      name: 'broken',
      summary: null,
      error: 'It belongs to another user.',
      profile: 'staged',
    }),
  );

export const text = (pieces: Iterable<string>): string => [...pieces].join('');
