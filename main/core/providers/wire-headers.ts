// Headers and addresses as they are shown and kept: what really left, credentials replaced.
import type { Pairs } from '../../../preload/contract/requests.ts';

/** Stands where a credential was that is no stored key. */
export const HIDDEN = '[hidden]';

const CREDENTIAL_HEADER =
  /^(authorization|proxy-authorization|cookie|(x-)?api-?key|x-goog-api-key|x-auth-token|x-access-token|x-amz-security-token|.*-(api-?key|secret|token))$/i;
const CREDENTIAL_QUERY =
  /^(key|api-?_?key|apikey|token|access_?token|auth|secret|password|sig|signature|x-amz-(signature|credential|security-token))$/i;
const ALIAS = /\[key:[^\]]*\]/;

/** Is this the name of a header that carries a credential? */
export const isCredentialHeader = (name: string): boolean => CREDENTIAL_HEADER.test(name);
/** Is this the name of a query parameter that carries one? */
const isCredentialQuery = (name: string): boolean => CREDENTIAL_QUERY.test(name);

/**
 * The header value to show. `text` replaces known keys; what is left in a credential header was typed by hand and is
 * hidden, its scheme (`Bearer`) stays.
 */
export function shownHeader(name: string, value: string, text: (s: string) => string): string {
  const scrubbed = text(value);
  if (!isCredentialHeader(name) || scrubbed === '' || ALIAS.test(scrubbed)) return scrubbed;
  const scheme = /^[A-Za-z]+ (?=\S)/.exec(scrubbed);
  return (scheme?.[0] ?? '') + HIDDEN;
}

/** The URL to show: known keys replaced, values of credential parameters hidden, no user or password. */
export function shownUrl(url: string, text: (s: string) => string): string {
  const target = new URL(url);
  target.username = '';
  target.password = '';
  const base = `${target.origin}${text(target.pathname)}`;
  if (target.search === '') return base;
  const query = target.search
    .slice(1)
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      const name = at === -1 ? pair : pair.slice(0, at);
      return at !== -1 && isCredentialQuery(name) ? `${name}=${HIDDEN}` : text(pair);
    });
  return `${base}?${query.join('&')}`;
}

/** Raw headers of undici, `[name, value, name, value…]` as bytes or strings, as pairs in wire order. */
export function toPairs(raw: unknown): Pairs {
  if (!Array.isArray(raw)) return [];
  const pairs: Pairs = [];
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([latin1(raw[i]), latin1(raw[i + 1])]);
  return pairs;
}

const latin1 = (value: unknown): string =>
  Buffer.isBuffer(value) ? value.toString('latin1') : String(value);

/**
 * The header lines that leave: undici's HTTP/1.1 client puts `host` and `connection` before and the body's length
 * after the ones it is given (a test compares this with what a raw socket received).
 */
export function sentHeaders(origin: string, given: Readonly<Record<string, unknown>>): Pairs {
  const pairs: Pairs = [
    ['host', new URL(origin).host],
    ['connection', 'keep-alive'],
  ];
  let length: string | null = null;
  for (const [name, value] of Object.entries(given))
    if (name.toLowerCase() === 'content-length') length = String(value);
    else for (const one of Array.isArray(value) ? value : [value]) pairs.push([name, String(one)]);
  if (length !== null) pairs.push(['content-length', length]);
  return pairs;
}
