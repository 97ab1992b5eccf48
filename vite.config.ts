// Builds renderer/ into dist/renderer: hashed files only, nothing inline, so that `script-src 'self'` holds.
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** A shell puts a fresh nonce in place of this text each time it serves index.html. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  root: new URL('renderer', import.meta.url).pathname,
  base: '/',
  plugins: [react(), tailwindcss()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: new URL('dist/renderer', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'chrome130',
    // The start is one chunk on purpose; its budget is counted in gzip by a test.
    chunkSizeWarningLimit: 900,
    // `font-src 'self'` and `img-src 'self'`: assets stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // All that the first screen needs in one file: what screens share would else become 30 small ones, 6 % larger.
      output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
    },
  },
});
