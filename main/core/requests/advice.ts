// What to do about an error answer, one sentence per status or type.

/** Types that say more than their status, in any provider's spelling. */
const BY_TYPE: [RegExp, string][] = [
  [
    /insufficient_quota|credit_balance|billing|payment_required/,
    'The account has no credit left for this: add some at the provider, or choose another key.',
  ],
  [
    /context_length|model_context|too_long|request_too_large/,
    'The request is too long for this model: shorten it.',
  ],
  [
    /model_not_found|not_found_error/,
    'Check the model name and the path: this key may not have access to them.',
  ],
  [/overloaded|slow_down/, 'The provider has too much to do: send again in a while.'],
  [/malformed_event/, 'The server broke its own format: what could be read is kept. Send again.'],
];

const BY_STATUS: Record<number, string> = {
  400: 'Change the request: the provider says what is wrong with it.',
  401: 'Check the key: it may be mistyped, expired or revoked. Replace it in Keys.',
  402: 'Add credit to the account at the provider, or choose another key.',
  403: 'This key may not do that: check its permissions, the region and the model at the provider.',
  404: 'Check the model name and the base URL: there is nothing at this path.',
  405: 'Check method and path: the server does not take this method here.',
  407: 'A proxy between here and the provider asks for a login: check the network settings.',
  408: 'The server waited too long for the request: send again.',
  409: 'Another request changed the same thing: send again.',
  413: 'Make the request smaller.',
  415: 'Check the content-type header.',
  422: 'Change the request: the provider says which field it could not process.',
  429: 'Wait and send again, or ask the provider for a higher limit.',
  431: 'Remove headers: the server takes fewer or shorter ones.',
  529: 'The provider has too much to do: send again in a while.',
};

/** `status` 0 is an error inside a 200 answer. */
export function adviceFor(status: number, type: string): string {
  for (const [pattern, advice] of BY_TYPE) if (pattern.test(type)) return advice;
  const exact = BY_STATUS[status];
  if (exact) return exact;
  if (status >= 500) return "The fault is on the provider's side: send again in a while.";
  if (status >= 400) return 'Check the request: the provider refuses it.';
  return 'Send again; if it happens each time, look at the last event and the request id.';
}
