/** The same bytes, not a copy, with the quick searches and decoders of a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface Latin1 {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
}
// What `toString('latin1', start, end)` ends in, without the choice of an encoding on each of many small slices.
const { latin1Slice } = Buffer.prototype as unknown as Latin1;

/** One character for each byte. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return latin1Slice.call(bytes, start, end);
}
