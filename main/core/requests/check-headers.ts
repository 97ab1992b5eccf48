// The user's own headers and query: what HTTP can carry, what the connection sets by itself, what would leak a key.
import { AppError } from '../../../preload/contract/errors.ts';
import type { Pairs } from '../../../preload/contract/requests.ts';
import { HIDDEN, isCredentialHeader } from '../providers/wire-headers.ts';

/** Where the user writes this in a header value, the key goes. */
const KEY_PLACEHOLDER = '{{key}}';

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const BY_CONNECTION =
  /^(host|connection|content-length|transfer-encoding|keep-alive|upgrade|te|trailer|expect|proxy-connection)$/i;

/**
 * Throws `DRAFT_INVALID` for the first header that cannot be sent. `text` is the scrubber: a value it would change
 * holds a stored key in clear, and such a value must not leave by a way that knows no origins.
 */
export function checkHeaders(headers: Pairs, hasKey: boolean, text: (s: string) => string): void {
  for (const [name, value] of headers) {
    const shown = JSON.stringify(name.slice(0, 60));
    if (!TOKEN.test(name))
      throw invalid(`${shown} is not a header name: use letters, digits and hyphens, without spaces.`);
    if (BY_CONNECTION.test(name))
      throw invalid(`The header ${shown} is set by the connection itself: remove it.`);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw invalid(
        `The value of the header ${shown} holds a line break or a character that headers cannot carry.`,
      );
    if (value.includes(HIDDEN) || value.includes('[key:'))
      throw invalid(
        `The header ${shown} held a credential that is not kept: write it again, or store it as a key and write ${KEY_PLACEHOLDER}.`,
      );
    if (text(value) !== value)
      throw invalid(
        `The header ${shown} holds a stored key in clear: choose that key and write ${KEY_PLACEHOLDER} there.`,
      );
    if (value.includes(KEY_PLACEHOLDER) && !hasKey)
      throw invalid(
        `The header ${shown} asks for the key (${KEY_PLACEHOLDER}), but no key is chosen: choose one.`,
      );
  }
}

/** A key never goes into an address: addresses are logged everywhere. */
export function checkAddress(url: string, query: Pairs, text: (s: string) => string): void {
  const all = [url, ...query.flat()];
  if (all.some((part) => part.includes(KEY_PLACEHOLDER)))
    throw invalid(
      `${KEY_PLACEHOLDER} stands in the address: put the key into a header, for example Authorization.`,
    );
  if (all.some((part) => text(part) !== part))
    throw invalid('The address holds a stored key in clear: put the key into a header instead.');
}

/**
 * Characters of all headers and the query together, as they leave. Servers take 8 to 64 KB; more than this would not
 * fit into one message to the window beside an address and a body.
 */
export const MOST_HEAD = 100_000;

export const headSize = ({ headers, query }: { headers: Pairs; query: Pairs }): number =>
  JSON.stringify(headers).length + String(new URLSearchParams(query)).length;

/** Throws `DRAFT_INVALID` when headers and query are too long in all. */
export function checkHeadSize(draft: { headers: Pairs; query: Pairs }): void {
  const size = headSize(draft);
  if (size > MOST_HEAD)
    throw invalid(
      `The headers and the query have ${size.toLocaleString('en-US')} characters in all: shorten them to ${MOST_HEAD.toLocaleString('en-US')}, which is more than servers take.`,
    );
}

/** The headers with the placeholder of the wire in place of the user's. */
export const withPlaceholder = (headers: Pairs, placeholder: string): Pairs =>
  headers.map(([name, value]) => [name, value.replaceAll(KEY_PLACEHOLDER, placeholder)]);

/** The headers as history keeps them: a credential typed by hand is hidden. */
export const withoutCredentials = (headers: Pairs): Pairs =>
  headers.map(([name, value]) => [
    name,
    isCredentialHeader(name) && value !== '' && !value.includes(KEY_PLACEHOLDER) ? HIDDEN : value,
  ]);

export const invalid = (sentence: string) => new AppError('DRAFT_INVALID', sentence);
