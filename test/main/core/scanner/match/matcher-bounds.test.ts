// What a hostile content may cost.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import { canaryKey, knownKey, PREFIX, randomText, rule, setOf } from './support/canary-rules.ts';

const known = [knownKey(randomText(7, 30))];
const rules = setOf(
  rule(),
  rule({ id: 'loose', anchors: ['mark'], pattern: /[a-z]{2,8}-mark-[A-Za-z0-9]{20,}(?![\w-])/ }),
  rule({
    id: 'block',
    anchors: ['begin'],
    pattern: /begin[\s\S]{0,2000}?end/,
    reach: { before: 0, after: 2100 },
  }),
);

function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('no bytes make it throw, and matches lie in the content, in order', () => {
  const matcher = createMatcher(rules, known);
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .constantFrom(
        '\ufeff',
        '\ufffe',
        '\0',
        'begin',
        'end',
        'x-mark-',
        PREFIX,
        canaryKey(),
        known[0]!.secret,
      )
      .chain((text) =>
        fc.constantFrom(
          Buffer.from(text),
          Buffer.from(text, 'utf16le'),
          Buffer.from(text, 'utf16le').swap16(),
        ),
      ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const content = Buffer.concat(parts);
      const { matches, claimed, timedOut } = matcher.match(content);
      expect(timedOut).toEqual([]);
      for (const [i, { start, end, line, column }] of matches.entries()) {
        expect(start).toBeGreaterThanOrEqual(matches[i - 1]?.end ?? 0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(content.length);
        expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        expect(
          claimed.some((_, at) => at % 2 === 0 && claimed[at]! <= start && end <= claimed[at + 1]!),
        ).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('a content is left as it was, and may be part of a larger buffer', () => {
  const whole = Buffer.from(`....${canaryKey(1)} ${canaryKey(2)}....`);
  const copy = Buffer.from(whole);
  const part = whole.subarray(4, 5 + canaryKey().length);
  expect(createMatcher(rules, []).match(part).matches).toMatchObject([{ start: 0, secret: canaryKey(1) }]);
  expect(whole.equals(copy)).toBe(true);
});

describe('a bound that was reached is told', () => {
  /** A clock that each secret of a slow rule puts forward. */
  function slowRules(count: number) {
    let clock = 0;
    const check = () => {
      clock += 10;
      return false;
    };
    const slow = Array.from({ length: count }, (_, i) =>
      rule({ id: `slow-${i}`, anchors: ['slow'], pattern: /slow\d+/, check }),
    );
    return { slow, now: () => clock };
  }
  const slowText = Array.from({ length: 20_000 }, (_, i) => `slow${i} `).join('');

  test('matches in one content', () => {
    const { matches, timedOut } = createMatcher(rules, []).match(
      Buffer.from(`${canaryKey()},`.repeat(100_000)),
    );
    expect(matches).toHaveLength(10_000);
    expect(timedOut).toEqual(['canary-key']);
  });

  test('known keys in one content', () => {
    const text = `${known[0]!.secret}\n`.repeat(20_000);
    const { matches, timedOut } = createMatcher(rules, known).match(Buffer.from(text));
    expect(matches).toHaveLength(10_000);
    expect(timedOut).toEqual(['known-key']);
  });

  test('time of a rule: the others go on', () => {
    const { slow, now } = slowRules(1);
    const matcher = createMatcher(setOf(...slow, rule()), [], { budgetMs: 250, now });
    const { matches, timedOut } = matcher.match(Buffer.from(`${slowText}${canaryKey()}`));
    expect(timedOut).toEqual(['slow-0']);
    expect(matches).toMatchObject([{ secret: canaryKey() }]);
    expect(now()).toBeLessThan(20_000);
  });

  test('time of all rules together', () => {
    const { slow, now } = slowRules(60);
    const matcher = createMatcher(setOf(...slow), [], { budgetMs: 250, now });
    expect(matcher.match(Buffer.from(slowText)).timedOut).toHaveLength(60);
    expect(now()).toBeLessThan(120_000);
  });

  test('waiting for a busy machine is not time', () => {
    const { slow } = slowRules(1);
    let wall = 0;
    const wait = vi.spyOn(performance, 'now').mockImplementation(() => ++wall * 1000);
    const { timedOut } = createMatcher(setOf(...slow), []).match(Buffer.from(slowText.slice(0, 3000)));
    expect(wait).toHaveBeenCalled();
    expect(timedOut).toEqual([]);
    wait.mockRestore();
  });
});

describe('cost stays near that of ordinary text', () => {
  const size = 4_000_000;
  const fill = (piece: string) => Buffer.from(piece.repeat(Math.ceil(size / piece.length)));
  const matcher = createMatcher(rules, known);
  const ordinary = fill('const value = await fetch(address, { method: "GET" });\n');
  matcher.match(ordinary);

  // Ordinary text takes about 5 ms; the floor keeps a busy machine from making the ratio a matter of luck.
  const base = Math.max(
    cpuMs(() => matcher.match(ordinary)),
    20,
  );

  test.each([
    ['only anchors', fill(PREFIX)],
    ['anchors and most of a key', fill(`${canaryKey().slice(0, -1)} `)],
    ['windows that never close', fill('begin ')],
    ['what a look for the start has to go back over', fill('abcdefgh-mark-')],
    ['one byte', Buffer.alloc(size, 97)],
    ['NUL bytes', Buffer.alloc(size)],
    ['short wide runs', fill('a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0\x01')],
    ['the probe of a known key', fill(known[0]!.secret.slice(21, 29))],
    ['newlines and a key', Buffer.concat([Buffer.alloc(size, 10), Buffer.from(canaryKey())])],
  ])('%s', (_, content) => {
    const spent = cpuMs(() => matcher.match(content));
    expect(spent / base).toBeLessThan(100);
  });
});
