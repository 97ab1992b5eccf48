import { describe, expect, it } from 'vitest';
import {
  type BaselineEntry,
  readBaseline,
  updateBaseline,
  writeBaseline,
} from '../../../../../main/core/scanner/report/baseline.ts';

const entry = (n: number, part: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint: n.toString(16).padStart(32, '0'),
  rule: 'some-api-key',
  path: `src/${n}.ts`,
  reason: '',
  ...part,
});

describe('the file', () => {
  it('is read as it was written, sorted and stable, one finding a line', () => {
    const entries = [entry(3), entry(1, { reason: 'a "test" key' }), entry(2, { path: 'a.ts' })];
    const written = writeBaseline(entries);
    expect(writeBaseline([...entries].reverse())).toBe(written);
    expect(writeBaseline(readBaseline(written, 'b.json'))).toBe(written);
    expect(readBaseline(written, 'b.json').map(({ path }) => path)).toEqual(['a.ts', 'src/1.ts', 'src/3.ts']);
    expect(written.split('\n').filter((line) => line.includes('fingerprint'))).toHaveLength(3);
    expect(readBaseline(writeBaseline([]), 'b.json')).toEqual([]);
  });

  it('names each finding once', () => {
    expect(readBaseline(writeBaseline([entry(1), entry(1)]), 'b')).toHaveLength(1);
  });

  it('may begin with a byte order mark, and be written by hand without reasons', () => {
    const { reason: _, ...short } = entry(1);
    const text = `\uFEFF${JSON.stringify({ 'keybench-baseline': 1, findings: [short] })}`;
    expect(readBaseline(text, 'b')).toEqual([entry(1)]);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', 'hello', /not JSON/],
    ['an empty file', '', /not JSON/],
    ['other JSON', '[]', /no "keybench-baseline"/],
    ['null', 'null', /no "keybench-baseline"/],
    ['a newer one', '{"keybench-baseline":2,"findings":[]}', /newer version/],
    ['no list', '{"keybench-baseline":1,"findings":{}}', /not a list/],
    [
      'a fingerprint that is none',
      '{"keybench-baseline":1,"findings":[{"fingerprint":"x","rule":"r","path":"p"}]}',
      /finding 1 has no valid "fingerprint"/,
    ],
    [
      'a finding that is none',
      `{"keybench-baseline":1,"findings":[${JSON.stringify(entry(1))},7]}`,
      /finding 2 has no valid fields/,
    ],
  ])('that is %s is refused with one clear sentence', (_name, text, why) => {
    expect(() => readBaseline(text, '/x/base.json')).toThrow(
      expect.objectContaining({
        code: 'RULES_INVALID',
        message: expect.stringMatching(new RegExp(`/x/base\\.json .*${why.source}.*--update-baseline`)),
      }),
    );
  });
});

describe('an update', () => {
  it('of everything drops what is gone and keeps the reasons of the rest, also after a rename', () => {
    const before = [entry(1, { reason: 'known' }), entry(2, { reason: 'gone' })];
    const now = updateBaseline(before, [entry(1, { path: 'moved.ts' }), entry(3)], true);
    expect(now).toEqual([entry(1, { path: 'moved.ts', reason: 'known' }), entry(3)]);
  });

  it('of a part only adds', () => {
    const before = [entry(1, { reason: 'known' })];
    expect(readBaseline(writeBaseline(updateBaseline(before, [entry(3)], false)), 'b')).toEqual([
      entry(1, { reason: 'known' }),
      entry(3),
    ]);
  });
});
