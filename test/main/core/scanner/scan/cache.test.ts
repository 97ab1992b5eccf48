import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CacheName, HAS_HITS, ScanCache } from '../../../../../main/core/scanner/scan/cache.ts';
import type { ContentHits, Hit } from '../../../../../main/core/scanner/scan/hit.ts';
import { OidTable } from '../../../../../main/core/scanner/scan/oid-table.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybench-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const name = (changes: Partial<CacheName> = {}): CacheName => ({
  folder,
  store: 'a'.repeat(32),
  rules: 'b'.repeat(64),
  oidBytes: 20,
  ...changes,
});
const oid = (seed: number) => createHash('sha256').update(`${seed}`).digest().subarray(0, 20);
const hit = (fingerprint: string): Hit => ({
  rule: 'r',
  masked: 'a··b',
  fingerprint,
  keyFingerprint: null,
  knownKey: null,
  line: 1,
  column: 1,
  start: 0,
  end: 9,
  inline: false,
  allowed: null,
});
function fill(cache: ScanCache, from: number, to: number, found: ContentHits[] = []): void {
  const count = to - from;
  const ids = Buffer.concat(Array.from({ length: count }, (_, at) => oid(from + at)));
  const flags = new Uint8Array(count);
  for (let at = 0; at < count; at++)
    if (found.some(({ id }) => id === oid(from + at).toString('hex'))) flags[at] = HAS_HITS;
  cache.add({ ids, flags, found });
}
const content = (seed: number, fingerprint: string): ContentHits => ({
  id: oid(seed).toString('hex'),
  type: 'blob',
  hits: [hit(fingerprint)],
});

it('knows after opening what was added before, with hits and places', () => {
  const first = new ScanCache(name());
  fill(first, 0, 100, [content(7, 'seven')]);
  first.setPlaces({ refs: 'r1', byId: {}, holding: { c: ['main'] } });
  first.close();
  const second = new ScanCache(name());
  expect(second.size).toBe(100);
  expect(second.flagsOf(oid(7), 0)).toBe(HAS_HITS);
  expect(second.flagsOf(oid(8), 0)).toBe(0);
  expect(second.flagsOf(oid(100), 0)).toBe(-1);
  expect(second.foundIn(oid(7).toString('hex'))).toEqual(content(7, 'seven'));
  expect(second.places).toEqual({ refs: 'r1', byId: {}, holding: { c: ['main'] } });
  second.close();
});

it('never writes what `reveal` has added', () => {
  const cache = new ScanCache(name());
  const shown = { ...content(1, 'one'), hits: [{ ...hit('one'), revealed: { secret: 'open sesame' } }] };
  fill(cache, 0, 2, [shown]);
  expect(cache.foundIn(shown.id)?.hits[0]?.revealed).toEqual({ secret: 'open sesame' });
  cache.close();
  const next = new ScanCache(name());
  expect(next.foundIn(shown.id)).toEqual(content(1, 'one'));
  next.close();
});

it('forgets contents that are gone once they are most of it, and keeps the others', () => {
  const cache = new ScanCache(name());
  fill(cache, 0, 30_000, [content(5, 'five')]);
  fill(cache, 30_000, 60_000, [content(40_000, 'kept')]);
  const alive = new OidTable(20);
  for (let seed = 35_000; seed < 45_000; seed++) alive.add(oid(seed), 0, 0);
  const [file = ''] = readdirSync(folder).map((one) => path.join(folder, one));
  const before = statSync(file).size;
  cache.tidy(58_000, () => {
    throw new Error('asked for although there is little to win');
  });
  expect(statSync(file).size).toBe(before);
  cache.tidy(10_000, () => alive);
  expect(statSync(file).size).toBeLessThan(before / 5);
  fill(cache, 60_000, 60_010);
  cache.close();
  const next = new ScanCache(name());
  expect(next.size).toBe(10_010);
  expect(next.foundIn(oid(40_000).toString('hex'))).toEqual(content(40_000, 'kept'));
  expect(next.foundIn(oid(5).toString('hex'))).toBeUndefined();
  next.close();
});

it('keeps few files per store, and those of other stores', () => {
  const others = new ScanCache(name({ store: 'c'.repeat(32) }));
  fill(others, 0, 1);
  others.close();
  for (const rules of ['1', '2', '3', '4', '5']) {
    const cache = new ScanCache(name({ rules: rules.repeat(64) }));
    fill(cache, 0, 1);
    cache.close();
  }
  const files = readdirSync(folder);
  expect(files.filter((file) => file.startsWith('a'))).toHaveLength(3);
  expect(files.filter((file) => file.startsWith('c'))).toHaveLength(1);
  expect(files.some((file) => file.includes('55555'))).toBe(true);
});

it('takes what two writers have added at the same time', () => {
  const one = new ScanCache(name());
  const two = new ScanCache(name());
  for (let round = 0; round < 20; round++) {
    fill(one, round * 10, round * 10 + 10);
    fill(two, 1000 + round * 10, 1000 + round * 10 + 10);
  }
  one.close();
  two.close();
  const next = new ScanCache(name());
  expect(next.size).toBe(400);
  next.close();
});

it('only remembers when there is no folder', () => {
  const cache = new ScanCache(name({ folder: null }));
  fill(cache, 0, 10, [content(3, 'three')]);
  expect(cache.flagsOf(oid(3), 0)).toBe(HAS_HITS);
  cache.close();
  expect(readdirSync(folder)).toEqual([]);
});
