import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { OidTable } from '../../../../../main/core/scanner/scan/oid-table.ts';

const oid = (seed: number, bytes: number) =>
  createHash('sha256').update(`${seed}`).digest().subarray(0, bytes);

it.each([20, 32])(
  'finds what was added and nothing else, beyond its first room: ids of %i bytes',
  (bytes) => {
    const table = new OidTable(bytes);
    for (let seed = 0; seed < 5000; seed++) expect(table.add(oid(seed, bytes), 0, seed & 255)).toBe(seed);
    expect(table.size).toBe(5000);
    for (let seed = 0; seed < 5000; seed++) {
      expect(table.find(oid(seed, bytes), 0)).toBe(seed);
      expect(table.flagsOf(seed)).toBe(seed & 255);
    }
    for (let seed = 5000; seed < 10_000; seed++) expect(table.has(oid(seed, bytes), 0)).toBe(false);
  },
);

it('tells ids apart that begin alike, and reads them at any place', () => {
  const table = new OidTable(20);
  const packed = Buffer.alloc(1 + 20 * 300, 0xab);
  for (let at = 0; at < 300; at++) packed.writeUInt16BE(at, 1 + at * 20 + 18);
  for (let at = 0; at < 300; at++) table.add(packed, 1 + at * 20, 0);
  expect(table.size).toBe(300);
  const copy = Buffer.alloc(25);
  table.copy(257, copy, 5);
  expect(copy.subarray(5)).toEqual(packed.subarray(1 + 257 * 20, 1 + 258 * 20));
});

it('changes the flags of a known id and does not count it twice', () => {
  const table = new OidTable(20);
  table.add(oid(1, 20), 0, 1);
  expect(table.add(oid(1, 20), 0, 2)).toBe(0);
  expect([table.size, table.flagsOf(0)]).toEqual([1, 2]);
});
