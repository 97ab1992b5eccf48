import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrivalBins } from '../../../renderer/stream/arrival-bins.ts';
import { EventColumns, type EventInput } from '../../../renderer/stream/event-columns.ts';
import { EventMatches, parseEventFilter } from '../../../renderer/stream/event-filter.ts';

const input = (row: Partial<EventInput>): EventInput => ({
  index: 0,
  t: 0,
  name: 'delta',
  preview: '{}',
  size: 2,
  lane: null,
  late: false,
  ...row,
});

describe('EventColumns', () => {
  it('gives back every row as it came in, across segments and growth', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            t: fc.double({ min: 0, max: 1e7, noNaN: true }),
            name: fc.constantFrom('', 'ping', 'message_start', 'x'.repeat(500)),
            preview: fc.string({ maxLength: 200 }),
            size: fc.nat(2 ** 32 - 1),
            lane: fc.constantFrom(
              null,
              'text' as const,
              'thinking' as const,
              'tool' as const,
              'refusal' as const,
            ),
            late: fc.boolean(),
          }),
          { minLength: 1, maxLength: 1500, size: 'max' },
        ),
        (rows) => {
          const columns = new EventColumns();
          for (const [index, row] of rows.entries()) columns.push({ ...row, index });
          expect(columns.length).toBe(rows.length);
          rows.forEach((row, index) => {
            const { gap, ...rest } = columns.row(index);
            expect(rest).toEqual({ ...row, index });
          });
        },
      ),
      { numRuns: 12 },
    );
  });

  it('stays bounded when a server names every event differently', () => {
    const columns = new EventColumns();
    for (let i = 0; i < 5000; i++) columns.push(input({ name: `n${i}` }));
    expect(columns.name(0)).toBe('n0');
    expect(columns.name(4999)).toBe('…');
  });
});

describe('ArrivalBins', () => {
  it('loses no event and no character however far time runs', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3_600_000), fc.nat(100)), { maxLength: 300 }), (arrivals) => {
        const bins = new ArrivalBins();
        for (const [t, chars] of arrivals) bins.add(t, chars, chars > 50);
        const sum = bins.sum(0, 2048 * bins.width);
        expect(sum.events).toBe(arrivals.length);
        expect(sum.chars).toBe(arrivals.reduce((all, [, chars]) => all + chars, 0));
        expect(sum.texts).toBe(arrivals.filter(([, chars]) => chars > 50).length);
      }),
    );
  });
});

describe('parseEventFilter', () => {
  const columns = new EventColumns();
  columns.push(input({ index: 0, t: 0, name: 'message_start' }));
  columns.push(input({ index: 1, t: 20, name: 'ping' }));
  columns.push(
    input({ index: 2, t: 320, name: 'content_block_delta', preview: '{"text":"Hello world"}', lane: 'text' }),
  );
  columns.push(
    input({
      index: 3,
      t: 325,
      name: 'content_block_delta',
      preview: '{"text":"a:b"}',
      size: 4000,
      lane: 'thinking',
    }),
  );
  const found = (text: string) => {
    const matches = new EventMatches(columns, parseEventFilter(text));
    return Array.from({ length: matches.update() }, (_, i) => matches.row(i));
  };

  it.each([
    ['', [0, 1, 2, 3]],
    ['event:delta', [2, 3]],
    ['event:DELTA gap>100ms', [2]],
    ['gap>=0.3s', [2]],
    ['gap<10', [0, 3]],
    ['hello', [2]],
    ['"hello world"', [2]],
    ['-event:ping', [0, 2, 3]],
    ['lane:thinking', [3]],
    ['size>1000', [3]],
    ['a:b', [3]],
    ['t>300 ping', []],
  ])('%s', (text, rows) => {
    expect(found(text)).toEqual(rows);
  });

  it('says what it could not read and still applies the rest', () => {
    expect(parseEventFilter('gap>fast').problem).toContain('gap>fast');
    expect(found('gap>fast event:ping')).toEqual([1]);
  });

  it('tests each event once as they come', () => {
    let tested = 0;
    const growing = new EventColumns();
    const matches = new EventMatches(growing, {
      empty: false,
      problem: null,
      matches: () => {
        tested++;
        return true;
      },
    });
    for (let i = 0; i < 10; i++) {
      growing.push(input({ index: i }));
      expect(matches.update()).toBe(i + 1);
    }
    expect(tested).toBe(10);
  });
});
