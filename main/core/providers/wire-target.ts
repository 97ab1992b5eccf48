// Where a request may go, and where the key may go: the last checks before anything leaves.

import type { Credential } from './wire.ts';
import { WireFailure } from './wire-failure.ts';

/** Refuses every target but the one the request was made for: an SDK may ask a second host (Hugging Face does). */
export function checkTarget(url: URL, origin: string | null): WireFailure | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return originFailure(`${url.protocol} addresses cannot be requested.`, 'Use http:// or https://.');
  if (origin === null || url.origin === origin) return null;
  return originFailure(
    `This request would also go to ${url.origin}, but it was made for ${origin}. It was not sent.`,
    'The key is never sent to another origin. Choose a model or option that needs only the base URL.',
  );
}

/** Puts the secret where the placeholder is; refuses if the target is not the origin the key is bound to. */
export function putCredential(headers: Headers, url: URL, credential: Credential | null): WireFailure | null {
  if (!credential) return null;
  for (const [name, value] of [...headers]) {
    if (!value.includes(credential.placeholder)) continue;
    if (url.origin !== credential.origin)
      return originFailure(
        `The key "${credential.alias}" is bound to ${credential.origin} and was not sent to ${url.origin}.`,
        'Choose a key of that address, or add one for it.',
      );
    headers.set(name, value.replaceAll(credential.placeholder, credential.secret));
  }
  return null;
}

export function redirectFailure(from: URL, location: string | null): WireFailure {
  const target = location !== null && URL.canParse(location, from.href) ? new URL(location, from) : null;
  const sentence = !target
    ? `${from.origin} answered with a redirect that names no address.`
    : target.origin === from.origin
      ? `${from.origin} redirected to another path of the same server, which was not followed.`
      : `${from.origin} redirected to ${target.origin}, which was not followed, so that no key leaves its origin.`;
  return new WireFailure(
    'redirect',
    'redirect',
    sentence,
    'Check the base URL. If the new address is right, save it with its own key; it is in the response headers.',
  );
}

const originFailure = (message: string, advice: string) =>
  new WireFailure('origin', 'origin', message, advice);
