import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FindingFilter, FindingSort } from '../../../../../preload/contract/scanner.ts';
import { createRig, FILTER, finding, type Rig } from './rig.ts';

let rig: Rig;
let a: string;
let b: string;
beforeEach(async () => {
  rig = createRig();
  [a, b] = [rig.addRepo('alpha'), rig.addRepo('beta')];
  await rig.scan(a, [
    finding(1, { severity: 'low', path: 'z.ts', at: null, author: null }),
    finding(2, { severity: 'high', path: 'Ümlaut.ts', rule: 'b-rule', provider: 'Beta', at: 300 }),
    finding(3, {
      severity: 'medium',
      path: 'm.ts',
      rule: 'a-rule',
      provider: 'Acme',
      at: 100,
      present: false,
    }),
    finding(4, { path: 'hidden.ts', suppressed: 'repository' }),
    finding(5, { path: '.env', source: 'ignored', present: null, at: 200, author: 'Bo_b 100%' }),
  ]);
  await rig.scan(b, [
    finding(2, { path: 'copy.ts', rule: 'b-rule', provider: 'Beta', keyFingerprint: 'p:2' }),
  ]);
});
afterEach(async () => {
  await rig.service.close();
  rig.db.close();
});

const page = (filter: Partial<FindingFilter> = {}, sort: FindingSort = 'severity', descending = false) =>
  rig.service.findings({ filter: { ...FILTER, ...filter }, sort, descending, offset: 0, limit: 200 });
const paths = (...args: Parameters<typeof page>) => page(...args).rows.map(({ path }) => path);

describe('filters', () => {
  it.each<[string, Partial<FindingFilter>, string[]]>([
    ['open', {}, ['.env', 'copy.ts', 'Ümlaut.ts', 'm.ts', 'z.ts']],
    ['all', { state: 'all' }, ['.env', 'copy.ts', 'hidden.ts', 'Ümlaut.ts', 'm.ts', 'z.ts']],
    ['suppressed', { state: 'suppressed' }, ['hidden.ts']],
    ['marked', { state: 'marked' }, []],
    ['severity', { severity: ['medium', 'low'] }, ['m.ts', 'z.ts']],
    ['provider', { provider: ['Acme'] }, ['m.ts']],
    ['rule', { rule: ['a-rule', 'b-rule'] }, ['copy.ts', 'Ümlaut.ts', 'm.ts']],
    ['source', { source: ['ignored'] }, ['.env']],
    ['several facets at once', { severity: ['high'], source: ['history'] }, ['copy.ts', 'Ümlaut.ts']],
    ['a value that nothing has', { rule: ['no-such-rule'] }, []],
    ['present', { present: false }, ['m.ts']],
    ['text in the path, in capitals beyond ASCII', { text: ' üMLAUT ' }, ['Ümlaut.ts']],
    ['text in the rule', { text: 'A-RULE' }, ['m.ts']],
    ['text in the provider', { text: 'acme' }, ['m.ts']],
    ['text in the author, with signs that LIKE would take for wildcards', { text: 'o_b 100%' }, ['.env']],
    ['a wildcard that is none', { text: '%' }, ['.env']],
    ['quotes', { text: "' OR 1=1 --" }, []],
  ])('%s', (_name, filter, expected) => {
    expect(paths(filter)).toEqual(expected);
    expect(page(filter).total).toBe(expected.length);
  });

  it('by repository', () => {
    expect(paths({ repoId: b })).toEqual(['copy.ts']);
    expect(page({ repoId: b }).rows[0]).toMatchObject({ repoId: b, repoName: 'beta' });
  });

  it('known: only what is a stored key of now', () => {
    rig.addKey({ name: 'stored', fingerprint: 'p:2' });
    expect(paths({ known: true })).toEqual(['copy.ts']);
    expect(paths({ known: false })).toEqual(['.env', 'Ümlaut.ts', 'm.ts', 'z.ts']);
    expect(paths({ text: 'stored' })).toEqual(['copy.ts']);
  });
});

describe('orders', () => {
  it.each<[FindingSort, boolean, string[]]>([
    ['severity', false, ['.env', 'copy.ts', 'Ümlaut.ts', 'm.ts', 'z.ts']],
    ['severity', true, ['z.ts', 'm.ts', 'Ümlaut.ts', 'copy.ts', '.env']],
    ['rule', false, ['m.ts', 'copy.ts', 'Ümlaut.ts', '.env', 'z.ts']],
    ['path', false, ['.env', 'copy.ts', 'm.ts', 'z.ts', 'Ümlaut.ts']],
    ['path', true, ['Ümlaut.ts', 'z.ts', 'm.ts', 'copy.ts', '.env']],
    ['at', false, ['m.ts', '.env', 'Ümlaut.ts', 'copy.ts', 'z.ts']],
    ['at', true, ['copy.ts', 'Ümlaut.ts', '.env', 'm.ts', 'z.ts']],
  ])('%s, descending %s', (sort, descending, expected) => {
    expect(paths({}, sort, descending)).toEqual(expected);
  });

  it('by key: named ones by name, the others last in both directions', () => {
    rig.addKey({ name: 'Zulu', fingerprint: 'p:2' });
    expect(paths({}, 'key')[0]).toBe('copy.ts');
    expect(paths({}, 'key', true)[0]).toBe('copy.ts');
  });
});

it('a facet counts what choosing it would show, and the total what is chosen', () => {
  const { facets, total } = page({ severity: ['high'], rule: ['b-rule'] });
  expect(total).toBe(2);
  expect(facets.severity).toEqual([{ value: 'high', count: 2 }]);
  expect(facets.rule).toEqual([
    { value: 'b-rule', count: 2 },
    { value: 'some-api-key', count: 1 },
  ]);
  expect(facets.provider).toEqual([{ value: 'Beta', count: 2 }]);
  expect(page().facets.severity).toEqual([
    { value: 'high', count: 3 },
    { value: 'medium', count: 1 },
    { value: 'low', count: 1 },
  ]);
});

it('pages join without a gap or an overlap, however deep, in every order', async () => {
  const many = Array.from({ length: 1500 }, (_, n) =>
    finding(1000 + n, {
      path: `same-${n % 3}.ts`,
      line: n % 7,
      at: n % 11 === 0 ? null : n % 5,
      rule: `rule-${n % 4}`,
    }),
  );
  await rig.scan(a, many);
  for (const sort of ['severity', 'rule', 'path', 'at', 'key'] as const)
    for (const descending of [false, true]) {
      const ids: number[] = [];
      for (let offset = 0; ; offset += 130) {
        const query = { filter: { ...FILTER, repoId: a }, sort, descending, offset, limit: 130 };
        const { rows, total } = rig.service.findings(query);
        expect(total).toBe(1500);
        ids.push(...rows.map(({ id }) => id));
        if (rows.length < 130) break;
      }
      expect(new Set(ids).size).toBe(1500);
    }
});

it('a deep page shows what has changed since the one before', async () => {
  const many = Array.from({ length: 600 }, (_, n) => finding(1000 + n, { path: `p-${1000 + n}.ts` }));
  await rig.scan(a, many);
  const deep = () =>
    rig.service.findings({
      filter: { ...FILTER, repoId: a },
      sort: 'path',
      descending: false,
      offset: 500,
      limit: 50,
    });
  const before = deep();
  rig.service.mark({ ids: [before.rows[0]!.id], kind: 'accepted', scope: 'repository', reason: '' });
  const after = deep();
  expect(after.total).toBe(599);
  expect(after.rows[0]?.id).toBe(before.rows[1]?.id);
});
