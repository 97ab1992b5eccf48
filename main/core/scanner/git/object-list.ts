// A million objects with type and size in about 30 MB: packed ids, no strings.

export const TYPES = ['blob', 'tree', 'commit', 'tag'] as const;
export type ObjectType = (typeof TYPES)[number];

/** Plain data over shared memory: threads are given it without a copy. */
export interface ObjectList {
  length: number;
  oidBytes: 20 | 32;
  /** `length × oidBytes`. */
  oids: Uint8Array<SharedArrayBuffer>;
  /** Index into `TYPES`. */
  types: Uint8Array<SharedArrayBuffer>;
  /** Bytes of content. */
  sizes: Float64Array<SharedArrayBuffer>;
  /** Objects that are there but so damaged that not even their size is known. */
  unreadable: string[];
}

const FIRST_CAPACITY = 4096;

/** Grows by doubling; `done` gives arrays of the right length. */
export class ObjectListBuilder {
  readonly #oidBytes: 20 | 32;
  #length = 0;
  #oids: Uint8Array;
  #types = new Uint8Array(FIRST_CAPACITY);
  #sizes = new Float64Array(FIRST_CAPACITY);
  readonly unreadable: string[] = [];

  constructor(oidBytes: 20 | 32) {
    this.#oidBytes = oidBytes;
    this.#oids = new Uint8Array(FIRST_CAPACITY * oidBytes);
  }

  /** `at`: where the hexadecimal id begins in `line`. */
  add(line: Uint8Array, at: number, type: number, size: number): void {
    if (this.#length === this.#types.length) this.#grow();
    writeOid(line, at, this.#oids, this.#length * this.#oidBytes, this.#oidBytes);
    this.#types[this.#length] = type;
    this.#sizes[this.#length] = size;
    this.#length++;
  }

  done(): ObjectList {
    const length = this.#length;
    const oids = new Uint8Array(new SharedArrayBuffer(length * this.#oidBytes));
    const types = new Uint8Array(new SharedArrayBuffer(length));
    const sizes = new Float64Array(new SharedArrayBuffer(length * 8));
    oids.set(this.#oids.subarray(0, oids.length));
    types.set(this.#types.subarray(0, length));
    sizes.set(this.#sizes.subarray(0, length));
    return { length, oidBytes: this.#oidBytes, oids, types, sizes, unreadable: this.unreadable };
  }

  #grow(): void {
    const oids = new Uint8Array(this.#oids.length * 2);
    oids.set(this.#oids);
    this.#oids = oids;
    const types = new Uint8Array(this.#types.length * 2);
    types.set(this.#types);
    this.#types = types;
    const sizes = new Float64Array(this.#sizes.length * 2);
    sizes.set(this.#sizes);
    this.#sizes = sizes;
  }
}

const HEX_VALUE = new Uint8Array(256);
for (let value = 0; value < 16; value++) HEX_VALUE[value.toString(16).charCodeAt(0)] = value;

function writeOid(hex: Uint8Array, from: number, into: Uint8Array, to: number, bytes: number): void {
  for (let index = 0; index < bytes; index++)
    into[to + index] = (HEX_VALUE[hex[from + 2 * index]!]! << 4) | HEX_VALUE[hex[from + 2 * index + 1]!]!;
}

/** Lower-case hex of the `index`th id of packed ones. */
export function oidAt(oids: Uint8Array, oidBytes: number, index: number): string {
  return Buffer.from(oids.buffer, oids.byteOffset + index * oidBytes, oidBytes).toString('hex');
}

/** Packs ids of one length. */
export function packOids(hex: readonly string[], oidBytes: number): Uint8Array {
  const packed = new Uint8Array(hex.length * oidBytes);
  for (const [index, oid] of hex.entries()) packed.set(Buffer.from(oid, 'hex'), index * oidBytes);
  return packed;
}
