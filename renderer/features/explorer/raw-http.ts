import type { CurlInput } from './curl.ts';

/** The request as it would stand on the wire, for reading; `host` is written out. */
export function rawHttp({ method, url, headers, body }: CurlInput): string {
  let head = `${method} ${url} HTTP/1.1`;
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  try {
    const { host, pathname, search } = new URL(url);
    head = `${method} ${pathname}${search} HTTP/1.1`;
    if (!headers.some(([name]) => name.toLowerCase() === 'host')) lines.unshift(`host: ${host}`);
  } catch {
    // an address that is not one is shown as it was typed
  }
  return [head, ...lines, '', body].join('\n');
}
