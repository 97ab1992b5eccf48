import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../../../../main/core/scanner/report/render.ts';
import { toCsv } from '../../../../../main/core/scanner/report/to-csv.ts';
import { toJson } from '../../../../../main/core/scanner/report/to-json.ts';
import { toText } from '../../../../../main/core/scanner/report/to-text.ts';
import { everything, report, reported, repository, text } from './samples.ts';

describe('JSON', () => {
  it('is one value with the shape that its file documents', () => {
    const json = JSON.parse(text(toJson(everything())));
    expect(json).toMatchObject({ format: 1, tool: { name: 'Keybench', version: '1.2.3' } });
    expect(Object.keys(json.repositories[0])).toEqual([
      ...['name', 'path', 'profile', 'head', 'startedAt', 'ms', 'error', 'counts', 'issues', 'findings'],
    ]);
    expect(Object.keys(json.repositories[0].findings[0])).toEqual([
      ...['rule', 'provider', 'severity', 'description', 'masked', 'fingerprint', 'source', 'path', 'line'],
      ...['column', 'oid', 'commit', 'author', 'email', 'at', 'refs', 'versions', 'present', 'key'],
      ...['suppressed', 'mark', 'revoke'],
    ]);
    expect(json.repositories[0].findings[0].at).toBe('2024-01-02T03:04:05.000Z');
    expect(json.repositories[1]).toMatchObject({ error: 'It belongs to another user.', counts: null });
  });

  it('survives dates that no calendar has', () => {
    const json = JSON.parse(text(toJson(report(repository([reported(1, { at: 1e300 })])))));
    expect(json.repositories[0].findings[0].at).toBeNull();
  });
});

/** As a reader of RFC 4180 takes it apart. */
function parseCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}

describe('CSV', () => {
  it('has a head and one row for each finding, whatever stands in the cells', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (path, author) => {
        const rows = parseCsv(text(toCsv(report(repository([reported(1, { path, author }), reported(2)])))));
        expect(rows).toHaveLength(3);
        const [head = [], first = []] = rows;
        expect(rows.every((row) => row.length === head.length)).toBe(true);
        const cell = first[head.indexOf('path')] ?? '';
        expect([path, `'${path}`]).toContain(cell);
        expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['=HYPERLINK("https://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r\n=1', '＝1'])(
    'disarms the formula %j',
    (author) => {
      const [head = [], first = []] = parseCsv(text(toCsv(report(repository([reported(1, { author })])))));
      expect(first[head.indexOf('author')]).toBe(`'${author}`);
    },
  );
});

describe('text', () => {
  it('groups by severity, one aligned line each, and says what is hidden and what was not looked at', () => {
    expect(text(toText(everything()))).toBe(
      `web-api  /home/ada/web api  (full history)

  HIGH  3
    some-api-key  so··me  src/file-1.ts:2                      c0ffeec  2024-01-02  Ada Example
    some-api-key  so··me  in a commit message                  c0ffeec  2024-01-02  Ada Example
    some-api-key  so··me  in an object that nothing refers to  2024-01-02  Ada Example

  MEDIUM  1
    other-key  so··me  src/file-2.ts:3  c0ffeec  2024-01-02  Ada Example  = work-anthropic

  LOW  1
    some-api-key  so··me  src/file-3.ts:4  in an untracked file

  LOCAL ONLY, NOT COMMITTED  1
    some-api-key  so··me  .env:10  2024-01-02  Ada Example  local only, not committed

  5 findings, but not everything could be looked at.
  10 contents looked at (1.0 kB read, 0 from the cache), 3 files, 5 commits, in 0.01 s.
  Not shown: 1 by a comment in the file, 1 by the repository's own .keybench.toml, 1 marked in the app. JSON, CSV and SARIF list them.
  Beware: The history is cut off.
  Note: There are 2 submodules.

broken  /home/ada/web api  (staged changes)
  Not scanned: It belongs to another user.

2 repositories: 5 findings; 1 could not be scanned.
`,
    );
  });

  it('says "no findings" with what was scanned', () => {
    const said = text(toText(report(repository([]))));
    expect(said).toContain('\n  No findings.\n  10 contents looked at');
  });

  it('lets no repository steer the terminal', () => {
    const hostile = '\u001b[2J\u001b]0;x\u0007\r\n\u202e\u2028';
    const said = text(
      toText(
        report(
          repository(
            [reported(1, { path: `a${hostile}b`, author: hostile, key: hostile, masked: hostile })],
            {
              name: hostile,
            },
          ),
        ),
      ),
    );
    expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e\u2028]/);
    expect(said.split('\n')).toHaveLength(8);
  });
});

it('comes in pieces that a pipe can take, the same in all', () => {
  const many = report(repository(Array.from({ length: 2000 }, (_, n) => reported(n))));
  const pieces = [...render(many, 'json')];
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
  expect(pieces.join('')).toBe(text(toJson(many)));
});

it('holds a secret only where it was asked for', () => {
  const canary = ['sk', 'CANARY', 'report'].join('-');
  for (const format of ['text', 'json', 'csv', 'sarif'] as const) {
    expect(text(render(everything(), format))).not.toContain(canary);
    const shown = text(render(report(repository([reported(1, { secret: canary })])), format));
    expect(shown.includes(canary)).toBe(format !== 'sarif');
  }
});
