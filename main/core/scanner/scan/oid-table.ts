// A set of object ids with one byte beside each, for a million of them: open addressing over packed ids, since a Map of
// strings would take ten times the memory and most of the time of a scan that finds nothing new.

/** First room, in ids. */
const ROOM = 1024;

export class OidTable {
  /** Bytes of an id: 20 (SHA-1) or 32 (SHA-256). */
  readonly oidBytes: number;
  #words: number;
  /** Ids in order of arrival, as 32-bit words. */
  #ids: Uint32Array;
  #flags: Uint8Array;
  /** Index into `#ids` plus one; 0: free. Never more than half full. */
  #slots: Uint32Array;
  #size = 0;

  constructor(oidBytes: number, expected = 0) {
    this.oidBytes = oidBytes;
    this.#words = oidBytes / 4;
    const room = Math.max(ROOM, expected);
    this.#ids = new Uint32Array(room * this.#words);
    this.#flags = new Uint8Array(room);
    this.#slots = new Uint32Array(slotsFor(room));
  }

  get size(): number {
    return this.#size;
  }

  /** Index of the id at `at` in `bytes`, or -1. Indexes are stable. */
  find(bytes: Uint8Array, at: number): number {
    return (this.#slots[this.#slot(bytes, at)] ?? 0) - 1;
  }

  has(bytes: Uint8Array, at: number): boolean {
    return this.find(bytes, at) !== -1;
  }

  /** Adds the id at `at`, or changes its flags. Gives its index. */
  add(bytes: Uint8Array, at: number, flags: number): number {
    let slot = this.#slot(bytes, at);
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) {
      this.#flags[known - 1] = flags;
      return known - 1;
    }
    if (this.#size * this.#words === this.#ids.length) {
      this.#grow();
      slot = this.#slot(bytes, at);
    }
    const index = this.#size++;
    const from = index * this.#words;
    for (let word = 0; word < this.#words; word++) this.#ids[from + word] = wordAt(bytes, at + word * 4);
    this.#flags[index] = flags;
    this.#slots[slot] = index + 1;
    return index;
  }

  flagsOf(index: number): number {
    return this.#flags[index] ?? 0;
  }

  /** Copies the id at `index` to `to` in `bytes`. */
  copy(index: number, bytes: Uint8Array, to: number): void {
    const from = index * this.#words;
    for (let word = 0; word < this.#words; word++) {
      const value = this.#ids[from + word] ?? 0;
      const at = to + word * 4;
      bytes[at] = value & 255;
      bytes[at + 1] = (value >>> 8) & 255;
      bytes[at + 2] = (value >>> 16) & 255;
      bytes[at + 3] = value >>> 24;
    }
  }

  /** Where the id is, or the free slot where it belongs. Ids are hashes already: their first word is the hash. */
  #slot(bytes: Uint8Array, at: number): number {
    const mask = this.#slots.length - 1;
    let slot = wordAt(bytes, at) & mask;
    for (;;) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0 || this.#same(entry - 1, bytes, at)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #same(index: number, bytes: Uint8Array, at: number): boolean {
    const from = index * this.#words;
    for (let word = 0; word < this.#words; word++)
      if (this.#ids[from + word] !== wordAt(bytes, at + word * 4)) return false;
    return true;
  }

  #grow(): void {
    const room = this.#flags.length * 2;
    const ids = new Uint32Array(room * this.#words);
    ids.set(this.#ids);
    this.#ids = ids;
    const flags = new Uint8Array(room);
    flags.set(this.#flags);
    this.#flags = flags;
    this.#slots = new Uint32Array(slotsFor(room));
    const mask = this.#slots.length - 1;
    for (let index = 0; index < this.#size; index++) {
      let slot = (ids[index * this.#words] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = index + 1;
    }
  }
}

function slotsFor(room: number): number {
  return 2 ** Math.ceil(Math.log2(room * 2));
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0
  );
}
