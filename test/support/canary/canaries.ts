// Keys made for one run. Each holds two markers of the run, one in each half, so that one search finds every key and
// also half a key; the letters beside the markers tell which key it is.
import { randomBytes } from 'node:crypto';

export interface Canary {
  /** The name it is stored under, and the only thing a report says of it. */
  alias: string;
  secret: string;
  /** Beside the first and the second marker. */
  own: readonly [string, string];
}

export interface Canaries {
  markers: readonly [string, string];
  all: Canary[];
  /** `odd` goes into the middle: characters that JSON, URLs, HTML and base64 write in another way. */
  make(alias: string, odd?: string): Canary;
}

export const ODD = `"\\/+=%&<>'#?;:@[]{}|^~!*()$,`;

export function createCanaries(): Canaries {
  const markers = [letters(12), letters(12)] as const;
  const all: Canary[] = [];
  return {
    markers,
    all,
    make(alias, odd = '') {
      const own = [letters(8), letters(8)] as const;
      const secret = `sk-CANARY-${markers[0]}${own[0]}${odd}${own[1]}${markers[1]}${letters(8)}`;
      const canary = { alias, secret, own };
      all.push(canary);
      return canary;
    },
  };
}

/** Lower case and digits alone: no encoder changes them, and a search index that folds case keeps them. */
const letters = (n: number) =>
  Array.from(randomBytes(n), (byte) => 'abcdefghijklmnopqrstuvwxyz012345'.charAt(byte & 31)).join('');
