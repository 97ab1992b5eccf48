// The code of the quick search; gram-search.ts fills the memory that it works on.
import { FACTOR, FOLD, SLOT_BITS } from './gram-index.ts';
import { moduleOf, NO_RESULT, OP, signed, unsigned } from './wasm-module.ts';

/** `FOLD` for eight bytes. */
const WIDE_FOLD = 0x2020202020202020n;
const SLOTS = 1 << SLOT_BITS;
const HIT_BYTES = 8;
const MOST_HITS = 16 * 1024;

/** Where things are in the memory. */
export const AT = {
  /** One byte per slot: what may follow the triples that fall into it. */
  flags: 0,
  /** Per slot, 16 bits: number of its first entry, 0 for none. */
  heads: SLOTS,
  /** Lower case of each byte, and its class as a follower. */
  folds: 3 * SLOTS,
  classes: 3 * SLOTS + 256,
  /** Address behind the last hit. */
  hitsEnd: 3 * SLOTS + 512,
  /** Pairs of i32: number of the literal, address behind it. */
  hits: 3 * SLOTS + 528,
  /** Entries; none has the number 0. */
  entries: 3 * SLOTS + 528 + HIT_BYTES * MOST_HITS,
};
/**
 * Fields of an entry. `value` and `mask`, i64: of the four bytes before a place and the four from it, those that the
 * literal has there. The others are i32; `next`: number of an entry; `bytes`: address of the folded literal.
 */
export const ENTRY = { value: 0, mask: 8, next: 16, literal: 20, bytes: 24, offset: 28, length: 32 };
export const ENTRY_BITS = 6;
/** Bytes of `value` and `mask` before the place. */
export const BEFORE = 4;
/** Places that are looked at together, in bytes of text. */
export const BLOCK = 16;
const STEP = 2;

/** `longestChain`: most entries of one slot. So many hits may one block give. */
export function gramCode(longestChain: number): Uint8Array {
  const room = (BLOCK / STEP) * longestChain;
  const full = AT.hits + HIT_BYTES * Math.max(0, MOST_HITS - room);
  const [at, end, out, place, gram, entry, start, index, shift, flags, around] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ];
  const get = (local: number) => [OP.localGet, local];
  const set = (local: number, ...value: number[]) => [...value, OP.localSet, local];
  const num = (value: number) => [OP.const32, ...signed(value)];
  const wide = (value: number | bigint) => [OP.const64, ...signed(value)];
  const load = (op: number, address: readonly number[], offset = 0) => [
    ...address,
    op,
    0,
    ...unsigned(offset),
  ];
  const store = (address: readonly number[], value: readonly number[], offset = 0) => [
    ...address,
    ...value,
    OP.store32,
    0,
    ...unsigned(offset),
  ];
  const field = (name: keyof typeof ENTRY) => load(OP.load32, get(entry), AT.entries + ENTRY[name]);
  const slot = (value: readonly number[]) => [
    ...value,
    ...num(8),
    OP.shl,
    ...num(FACTOR),
    OP.mul,
    ...num(32 - SLOT_BITS),
    OP.shrU,
  ];
  const folded = (address: readonly number[], offset: number) => [
    ...load(OP.load32, address, offset),
    ...num(FOLD),
    OP.or,
  ];
  // Not nought where the byte behind a triple is one that follows a triple of this slot.
  const flag = (offset: number) => [
    ...load(OP.wideLoad8, slot(set(gram, ...folded(get(at), offset)).with(-2, OP.localTee)), AT.flags),
    ...load(OP.wideLoad8, [...get(gram), ...num(24), OP.shrU], AT.classes),
    OP.wideAnd,
  ];
  // One byte for each place of a block.
  const allFlags = flag(0);
  for (let offset = STEP; offset < BLOCK; offset += STEP)
    allFlags.push(...flag(offset), ...wide((offset / STEP) * 8), OP.wideShl, OP.wideOr);

  const compare = [
    ...set(start, ...get(place), ...field('offset'), OP.sub),
    ...set(index, ...num(0)),
    OP.block,
    NO_RESULT,
    OP.loop,
    NO_RESULT,
    ...load(OP.load8, load(OP.load8, [...get(start), ...get(index), OP.add]), AT.folds),
    ...load(OP.load8, [...field('bytes'), ...get(index), OP.add]),
    OP.ne,
    OP.brIf,
    1,
    ...set(index, ...get(index), ...num(1), OP.add),
    ...get(index),
    ...field('length'),
    OP.ltU,
    OP.brIf,
    0,
    OP.end,
    ...store(get(out), field('literal')),
    ...store(get(out), [...get(start), ...get(index), OP.add], 4),
    ...set(out, ...get(out), ...num(HIT_BYTES), OP.add),
    OP.end,
  ];

  const onePlace = [
    ...set(entry, ...load(OP.load16, [...slot(folded(get(place), 0)), ...num(1), OP.shl], AT.heads)),
    ...set(
      around,
      ...load(OP.wideLoad64, [...get(place), ...num(BEFORE), OP.sub]),
      ...wide(WIDE_FOLD),
      OP.wideOr,
    ),
    OP.block,
    NO_RESULT,
    OP.loop,
    NO_RESULT,
    ...get(entry),
    OP.eqz,
    OP.brIf,
    1,
    ...set(entry, ...get(entry), ...num(ENTRY_BITS), OP.shl),
    ...load(OP.wideLoad64, get(entry), AT.entries + ENTRY.mask),
    ...get(around),
    OP.wideAnd,
    ...load(OP.wideLoad64, get(entry), AT.entries + ENTRY.value),
    OP.wideEq,
    OP.if,
    NO_RESULT,
    ...compare,
    OP.end,
    ...set(entry, ...field('next')),
    OP.br,
    0,
    OP.end,
    OP.end,
  ];

  const flaggedPlaces = [
    OP.loop,
    NO_RESULT,
    ...set(shift, ...get(flags), OP.wideCtz, OP.wrap, ...num(-8), OP.and),
    // Eight bits of flags for each step of two bytes.
    ...set(place, ...get(at), ...get(shift), ...num(2), OP.shrU, OP.add),
    ...onePlace,
    ...set(
      flags,
      ...get(flags),
      ...wide(0xff),
      ...get(shift),
      OP.widen,
      OP.wideShl,
      ...wide(-1),
      OP.wideXor,
      OP.wideAnd,
    ),
    ...get(flags),
    OP.wideEqz,
    OP.eqz,
    OP.brIf,
    0,
    OP.end,
  ];

  return moduleOf(2, 7, 2, [
    ...set(out, ...num(AT.hits)),
    OP.block,
    NO_RESULT,
    OP.loop,
    NO_RESULT,
    ...get(at),
    ...get(end),
    OP.geU,
    OP.brIf,
    1,
    ...set(flags, ...allFlags),
    ...get(flags),
    OP.wideEqz,
    OP.eqz,
    OP.if,
    NO_RESULT,
    ...get(out),
    ...num(full),
    OP.gtU,
    OP.brIf,
    2,
    ...flaggedPlaces,
    OP.end,
    ...set(at, ...get(at), ...num(BLOCK), OP.add),
    OP.br,
    0,
    OP.end,
    OP.end,
    ...store(num(AT.hitsEnd), get(out)),
    ...get(at),
  ]);
}
