// Check sums and structures that key formats have, so that text which only looks like a key is told apart.
import { crc32 } from 'node:zlib';
import { isWeakWord } from './placeholders.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * GitHub's classic tokens and npm's: the last six characters are the CRC-32 of what stands between prefix and them,
 * in base 62 with leading zeros. https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
 */
export function hasCrcEnd(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1);
  return body.length > 6 && body.slice(-6) === crcOf(body.slice(0, -6));
}

/** `body` with the six characters that make it pass `hasCrcEnd`. */
export const withCrcEnd = (prefix: string, body: string): string => prefix + body + crcOf(body);

function crcOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let i = 0; i < 6; i++) {
    text = BASE62[rest % 62] + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * An AWS access key id is base32; since 2018 its bits 1 to 40 (after the prefix) are the account number, which has
 * twelve decimal digits. Older ids begin with I or J and carry no account.
 */
export function isAwsKeyId(id: string): boolean {
  const body = id.slice(4);
  let bits = 0n;
  for (const char of body.slice(0, 10)) {
    const value = BASE32.indexOf(char);
    if (value < 0) return false;
    bits = (bits << 5n) | BigInt(value);
  }
  if (body.startsWith('I') || body.startsWith('J')) return true;
  return ((bits >> 9n) & 0xffffffffffn) < 1_000_000_000_000n;
}

/** Standard base64 of exactly `bytes` bytes. */
export const isBase64Of =
  (bytes: number) =>
  (text: string): boolean =>
    Buffer.from(text, 'base64').length === bytes && Buffer.from(text, 'base64').toString('base64') === text;

/** The first part of a Discord bot token is its user's id, a snowflake: 17 to 20 decimal digits. */
export function isDiscordToken(token: string): boolean {
  return /^[0-9]{17,20}$/.test(Buffer.from(token.split('.')[0]!, 'base64url').toString('latin1'));
}

/** Header and payload of a JSON Web Token; `null` when it is none. */
export function jwtParts(
  token: string,
): { header: Record<string, unknown>; payload: Record<string, unknown> } | null {
  const [head, body] = token.split('.');
  const header = jsonObject(head);
  const payload = jsonObject(body);
  return header && payload && typeof header.alg === 'string' ? { header, payload } : null;
}

function jsonObject(part = ''): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** `user:password` in base64, as the header for basic authentication has it; printable, and a password worth the name. */
export function isBasicCredential(text: string): boolean {
  const plain = Buffer.from(text, 'base64').toString('latin1');
  const [, password = ''] = /^[\x21-\x39\x3b-\x7e]{1,64}:([\x21-\x7e]{5,128})$/.exec(plain) ?? [];
  return password !== '' && !isWeakWord(password);
}

/** Random text of 20 and more letters and digits has a digit; the names that people give to things often have none. */
export const hasDigit = (text: string): boolean => /[0-9]/.test(text);

/** Digits, and letters of both cases: for values whose alphabet is the only thing known of them. */
export const isMixed = (text: string): boolean =>
  /[0-9]/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
