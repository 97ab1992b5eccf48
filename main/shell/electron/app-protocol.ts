// The window's files over app://keybench/, from a table read once: no path is resolved on a request.
// https://www.electronjs.org/docs/latest/tutorial/security#18-avoid-usage-of-the-file-protocol-and-prefer-usage-of-custom-protocols
import { protocol, type Session } from 'electron';
import type { Asset } from '../assets.ts';
import { contentSecurityPolicy, dressPage, newNonce, SAFE_HEADERS, type Theme } from '../page-policy.ts';

const SCHEME = 'app';
export const APP_ORIGIN = 'app://keybench';
export const APP_URL = `${APP_ORIGIN}/index.html`;

/** Must run before `ready`. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

export function serveAppScheme(
  session: Session,
  assets: ReadonlyMap<string, Asset>,
  theme: () => Theme,
): void {
  session.protocol.handle(SCHEME, (request) => answer(request.url, request.method, assets, theme()));
}

/** The answer to one URL: a file of the table with its policy, or 404. Never throws. */
export function answer(
  text: string,
  method: string,
  assets: ReadonlyMap<string, Asset>,
  theme: Theme = 'system',
): Response {
  // Compared as written: whatever needs decoding, resolving or a second look is not in the table.
  const path = text.startsWith(`${APP_ORIGIN}/`)
    ? text.slice(APP_ORIGIN.length).split(/[?#]/, 1)[0]
    : undefined;
  const asset =
    method === 'GET' && path !== undefined ? assets.get(path === '/' ? '/index.html' : path) : undefined;
  if (!asset) return new Response('There is nothing here.', { status: 404, headers: { ...SAFE_HEADERS } });
  const nonce = newNonce();
  const isPage = asset.type.startsWith('text/html');
  const body = new Uint8Array(isPage ? dressPage(asset.body, nonce, theme) : asset.body);
  return new Response(body, {
    headers: {
      ...SAFE_HEADERS,
      'content-type': asset.type,
      'content-security-policy': contentSecurityPolicy(nonce),
    },
  });
}
