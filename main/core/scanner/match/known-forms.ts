// The keys that Keybench holds, in every form. A few bytes out of each form go into the automaton; where they stand, the
// whole form is compared, with regard to case.
import type { KnownKey } from '../model.ts';
import { asBuffer } from './buffers.ts';

export interface KnownForm {
  key: KnownKey;
  bytes: Buffer;
  /** What the automaton looks for, and where it stands in `bytes`. */
  probe: Buffer;
  probeAt: number;
}

/** Enough to be rare, short enough for the automaton to stay small with hundreds of keys. */
const PROBE = 8;
/** Shorter forms would be found by chance. */
const LEAST_FORM = 8;

export function formsOf(known: readonly KnownKey[]): KnownForm[] {
  return known.flatMap((key) =>
    [...new Set([key.secret, ...key.forms])].flatMap((form) => {
      const bytes = Buffer.from(form, 'utf8');
      if (bytes.length < LEAST_FORM) return [];
      // Keys of one kind begin alike, some have a mark in the middle and some end alike: the third quarter is random.
      const probeAt = Math.min(bytes.length - PROBE, Math.floor(bytes.length * 0.7));
      return [{ key, bytes, probe: bytes.subarray(probeAt, probeAt + PROBE), probeAt }];
    }),
  );
}

/** Where the form begins whose probe ends at `end`, or -1 when the rest of it is not there. */
export function verifyForm(form: KnownForm, text: Uint8Array, end: number): number {
  const start = end - PROBE - form.probeAt;
  const stop = start + form.bytes.length;
  if (start < 0 || stop > text.length) return -1;
  return asBuffer(text).compare(form.bytes, 0, form.bytes.length, start, stop) === 0 ? start : -1;
}
