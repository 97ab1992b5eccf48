// Which origin a key will be bound to, said while the base URL is still being typed. Core decides; this only foretells.

/** scheme + host + port of an http(s) base URL, or `null` while it is not one. */
export function boundOrigin(baseUrl: string): string | null {
  const url = URL.parse(baseUrl.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') return null;
  return url.origin;
}

/** The origin without its `https://`, short enough for a table. Plain http stays visible. */
export const shortOrigin = (origin: string): string => origin.replace(/^https:\/\//, '');
