// A WebAssembly module of one function, put together from numbers. The format is small enough (WebAssembly Core
// Specification 2.0, chapter 5) that this is shorter than any tool, and nothing binary has to be shipped or trusted.

/** Instructions by their names in the specification; only those that are used. */
export const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  return: 0x0f,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  load32: 0x28,
  wideLoad64: 0x29,
  load8: 0x2d,
  wideLoad8: 0x31,
  load16: 0x2f,
  store32: 0x36,
  const32: 0x41,
  const64: 0x42,
  eqz: 0x45,
  eq: 0x46,
  ne: 0x47,
  ltU: 0x49,
  gtU: 0x4b,
  geU: 0x4f,
  wideEqz: 0x50,
  wideEq: 0x51,
  add: 0x6a,
  sub: 0x6b,
  mul: 0x6c,
  and: 0x71,
  or: 0x72,
  shl: 0x74,
  shrU: 0x76,
  wideCtz: 0x7a,
  wideAdd: 0x7c,
  wideSub: 0x7d,
  wideAnd: 0x83,
  wideOr: 0x84,
  wideXor: 0x85,
  wideShl: 0x86,
  wrap: 0xa7,
  widen: 0xad,
} as const;

const PAGE = 64 * 1024;
const I32 = 0x7f;
const I64 = 0x7e;
/** Type of a block that gives nothing. */
export const NO_RESULT = 0x40;

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128 of an i32, or of an i64 given as a bigint. */
export function signed(value: number | bigint): number[] {
  const bytes: number[] = [];
  let rest = typeof value === 'bigint' ? BigInt.asIntN(64, value) : BigInt(value | 0);
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const last = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

/**
 * `code`: body of the function, without its last `end`. It takes `parameters` i32, has so many `locals` and `wide` ones
 * (i64) after them, and gives one i32. Imports the memory `env.memory`, exports the function `run`.
 */
export function moduleOf(
  parameters: number,
  locals: number,
  wide: number,
  code: readonly number[],
): Uint8Array {
  const body = [2, ...unsigned(locals), I32, ...unsigned(wide), I64, ...code, OP.end];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, ...vector(new Array(parameters).fill(I32)), ...vector([I32])]),
    ...section(2, [1, ...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(1)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('run'), 0x00, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly number[]): number[] {
  return [...unsigned(items.length), ...items];
}

function text(name: string): number[] {
  return vector([...Buffer.from(name)]);
}

/** As far as it is used here; Node's types leave it to those of browsers. */
interface WebAssemblyApi {
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
}

/** The function of a module from `moduleOf`, and its memory of so many bytes. Throws where WebAssembly is forbidden. */
export function instantiate(bytes: Uint8Array, size: number) {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  const pages = Math.ceil(size / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return { run: instance.exports.run as (...values: number[]) => number, memory: memory.buffer };
}
