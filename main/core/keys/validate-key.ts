// What may be stored as a key, and what it is bound to. No sentence here repeats the value that was typed.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Scrubber } from './scrub.ts';

const KEY = /^[\x21-\x7e]{8,1200}$/;

/** The key without white space around it, or `KEY_INVALID` with what is wrong with it. */
export function checkSecret(typed: string): string {
  const secret = typed.trim();
  if (KEY.test(secret)) return secret;
  throw new AppError('KEY_INVALID', complaint(secret), { field: 'secret' });
}

// A line break would put the whole key into the header error of `fetch`, NUL is cut silently by libsecret, and
// Windows stores 2,560 bytes at most, in UTF-16 (all measured or documented).
function complaint(secret: string): string {
  if (secret === '') return 'The key is empty. Paste it as the provider shows it.';
  if (/[\r\n\u2028\u2029]/.test(secret))
    return 'The key has a line break in it. Paste the key alone, on one line.';
  if (/[\0-\x1f\x7f]/.test(secret))
    return 'The key has a control character in it. Copy it again from the provider.';
  if (/\s/.test(secret)) return 'The key has a space in it. Paste the key alone, without a name or quotes.';
  if (/[^\x21-\x7e]/.test(secret))
    return 'The key has a character that no key has, such as a typographic dash or quote. Copy it again from the provider.';
  if (secret.length < 8) return 'The key is too short: a key has at least 8 characters.';
  return 'The key is too long: at most 1,200 characters can be kept on every system.';
}

export interface Binding {
  /** Without a slash at the end. */
  baseUrl: string;
  /** scheme + host + port; the key is sent to no other. */
  origin: string;
}

/** Reads a base URL as the user typed it. Throws `KEY_INVALID` with `data.field` `baseUrl`. */
export function bindBaseUrl(typed: string): Binding {
  const url = URL.parse(typed.trim());
  if (!url || url.hostname === '' || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw badUrl('The base URL must be a whole address, such as https://api.example.com/v1.');
  if (url.username !== '' || url.password !== '')
    throw badUrl('The base URL may not hold a user name or password. Store the key as the key.');
  if (url.search !== '' || url.hash !== '')
    throw badUrl('The base URL may not have a ? or # part. Give scheme, host and path only.');
  if (url.protocol === 'http:' && !isLocal(url.hostname))
    throw badUrl(
      'Over http:// the key would cross the network readable for everyone, so it is allowed for this machine and private networks only. Use https://.',
    );
  return { baseUrl: url.origin + url.pathname.replace(/\/+$/, ''), origin: url.origin };
}

const badUrl = (message: string) => new AppError('KEY_INVALID', message, { field: 'baseUrl' });

/**
 * This machine or a private network: loopback, RFC 1918, link-local, RFC 4193, `.local`, `.home.arpa`, and names
 * without a dot, which only a local resolver can answer. `URL` has brought every form of an address to one spelling.
 */
function isLocal(host: string): boolean {
  if (host.startsWith('[')) return /^\[(?:::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/.test(host);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
    return /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(host);
  return !host.includes('.') || /\.(?:localhost|local|home\.arpa)$/.test(host);
}

/**
 * A name or base URL that holds a key would carry it to every screen, list and log. `secret`: the key that comes with
 * it, if any. Throws `KEY_INVALID`.
 */
export function refuseKeyIn(
  field: 'name' | 'baseUrl',
  text: string,
  secret: string,
  scrubber: Pick<Scrubber, 'text'>,
): void {
  const holdsKey = (secret !== '' && text.includes(secret)) || scrubber.text(text, { shapes: true }) !== text;
  if (!holdsKey) return;
  const what = field === 'name' ? 'The name' : 'The base URL';
  throw new AppError('KEY_INVALID', `${what} holds a key. Put the key into the field for the key alone.`, {
    field,
  });
}
