// A secret as reports and windows show it: enough to recognise it, too little to use or to guess it.

const MIDDLE = '··';
/** Characters shown in all, and of the start: the first four hold the prefix people know (`sk-a`, `ghp_`, `AKIA`). */
const MOST = 8;
const MOST_AT_START = 4;
/** At most one character of this many is shown. */
const SHARE = 4;

/** First and last characters only; never more than 8, never more than a quarter of the secret. */
export function maskSecret(secret: string): string {
  // The ends of a private key are the same for all of them, and its lines would break the row they are shown in.
  const block = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(secret);
  if (block) return `-----BEGIN ${block[1]}-----${MIDDLE}`;
  const characters = Array.from(secret);
  const shown = Math.min(MOST, Math.floor(characters.length / SHARE));
  const start = Math.min(MOST_AT_START, Math.ceil(shown / 2));
  const head = characters.slice(0, start);
  const tail = characters.slice(characters.length - (shown - start));
  return `${visible(head)}${MIDDLE}${shown > start ? visible(tail) : ''}`;
}

function visible(characters: readonly string[]): string {
  return characters.map((one) => (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(one) ? '·' : one)).join('');
}
