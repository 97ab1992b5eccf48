// How far a private key goes on. Its rule looks at the first lines only, which tell it from all others; what is masked is
// the whole of it, or the lines around the next finding would show its end.
import { latin1 } from './buffers.ts';

/** What stands between two lines of a key in a file, in a string literal or in a comment. */
const BREAK = String.raw`(?:\s|\\{1,4}[nrt]|["'\x60+,;|*#.>-]){1,60}?`;
const LINE = new RegExp(`${BREAK}[A-Za-z0-9+/=]{20,80}`, 'y');
/** The last lines, of PGP a check sum as well, are short; what comes behind tells that they belong to it. */
const LAST = new RegExp(
  `(?:${BREAK}[A-Za-z0-9+/=]{1,80}){1,2}(?=${BREAK.replace('{1,', '{0,')}(?:-{3,5}END|END |Private-(?:MAC|Hash)))`,
  'y',
);
/** Twice the largest key that people make. */
const LONGEST = 32 * 1024;

/** The end of the key of which the first lines end at `end`; `end` itself when nothing of it follows. */
export function endOfKeyBody(text: Uint8Array, end: number): number {
  const slice = latin1(text, end, Math.min(text.length, end + LONGEST));
  let at = 0;
  for (const part of [LINE, LAST])
    for (;;) {
      part.lastIndex = at;
      const found = part.exec(slice);
      if (found === null) break;
      at += found[0].length;
    }
  return end + at;
}
