// Headers of every page and file that a window shell serves. One place for Electron and the browser.
import { randomBytes } from 'node:crypto';

/** Stands in the built index.html wherever the nonce of this response belongs. */
export const NONCE_MARK = '__CSP_NONCE__';

export const newNonce = () => randomBytes(16).toString('base64');

export type Theme = 'system' | 'dark' | 'light';

/** A page as it is served: with its nonce, and with the stored theme, so that the first paint has the right colours. */
export function dressPage(html: Buffer, nonce: string, theme: Theme): Buffer {
  const text = html.toString().replaceAll(NONCE_MARK, nonce);
  return Buffer.from(text.replace('data-theme="system"', `data-theme="${theme}"`));
}

/** Content-Security-Policy. `connect` adds the socket's address where 'self' does not cover ws. */
export function contentSecurityPolicy(nonce: string, connect: string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
};
