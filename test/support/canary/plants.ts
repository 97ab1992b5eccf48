// Leaks made on purpose, by other means than the searcher's own: what software really writes.
import { deflateSync, gzipSync } from 'node:zlib';

/** The ways a key can lie in a file, by name. */
export function encodedPlants(secret: string): Record<string, Buffer> {
  const text = `some text before ${secret} and after`;
  const utf16be = Buffer.from(text, 'utf16le').swap16();
  const half = Math.floor(secret.length / 2);
  return {
    raw: Buffer.from(text),
    'alone in the file': Buffer.from(secret),
    'among binary data': Buffer.concat([Buffer.alloc(5000, 0xff), Buffer.from(secret), Buffer.alloc(99)]),
    'UTF-16, little-endian': Buffer.from(text, 'utf16le'),
    'UTF-16, big-endian': utf16be,
    'UTF-16 at an odd offset': Buffer.concat([Buffer.from('x'), Buffer.from(text, 'utf16le')]),
    'base64, first alignment': Buffer.from(Buffer.from(`abc${secret}x`).toString('base64')),
    'base64, second alignment': Buffer.from(Buffer.from(`a${secret}`).toString('base64')),
    'base64, third alignment': Buffer.from(Buffer.from(`ab${secret}yz`).toString('base64')),
    'base64 for URLs': Buffer.from(Buffer.from(`??>${secret}`).toString('base64url')),
    'basic authentication': Buffer.from(`Authorization: Basic ${btoa(`user:${secret}`)}`),
    hex: Buffer.from(Buffer.from(text).toString('hex')),
    'hex in capitals': Buffer.from(Buffer.from(text).toString('hex').toUpperCase()),
    'URL component': Buffer.from(`https://a.example/?key=${encodeURIComponent(secret)}`),
    'form field': Buffer.from(new URLSearchParams({ key: secret }).toString()),
    JSON: Buffer.from(JSON.stringify({ key: secret })),
    'JSON in JSON': Buffer.from(JSON.stringify({ body: JSON.stringify({ key: secret }) })),
    HTML: Buffer.from(`<p title="${secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`),
    reversed: Buffer.from([...text].reverse().join('')),
    gzip: gzipSync(text),
    'gzip, cut off': gzipSync(text + 'filler '.repeat(5000)).subarray(0, -20),
    'gzip in the middle of a file': Buffer.concat([Buffer.from('head'), gzipSync(text), Buffer.from('tail')]),
    'gzip of UTF-16': gzipSync(Buffer.from(text, 'utf16le')),
    zlib: Buffer.concat([Buffer.from('head'), deflateSync(text)]),
    'zlib, strongest': deflateSync(text, { level: 9 }),
    'in lower case': Buffer.from(text.toLowerCase()),
    'first half': Buffer.from(secret.slice(0, half)),
    'second half': Buffer.from(secret.slice(half)),
  };
}
