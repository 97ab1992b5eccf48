/**
 * Gives the memory of a large buffer back now. The garbage collector sees only the few bytes of the object in front of
 * it, and lets tens of megabytes of such garbage pile up. Nothing else may use the buffer's memory: not for buffers of
 * Node's pool, which are those of a few KB that `allocUnsafe`, `from` and `concat` make.
 */
export function freeBuffer(buffer: Buffer<ArrayBuffer>): void {
  buffer.buffer.transfer(0);
}
