// Builds renderer/ into dist/renderer: hashed files only, nothing inline, so that `script-src 'self'` holds.
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** A shell puts a fresh nonce in place of this text each time it serves index.html. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * The contract's schemas are values only core needs; building one has no effect, so the window leaves them out. The
 * bundler is told so by name, and the name must be one that no other module has.
 */
const unusedSchemas: Plugin = {
  name: 'unused-schemas',
  transform: {
    filter: { id: /\/preload\/contract\/[\w-]+\.ts$/ },
    order: 'pre',
    handler: (code) =>
      code
        .replace("import * as z from 'zod'", "import * as contractSchema from 'zod'")
        .replace(/\bz\./g, 'contractSchema.'),
  },
};

export default defineConfig({
  root: new URL('renderer', import.meta.url).pathname,
  base: '/',
  plugins: [unusedSchemas, react(), tailwindcss()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: new URL('dist/renderer', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'chrome130',
    // `font-src 'self'` and `img-src 'self'`: assets stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // All that the first screen needs in one file: what screens share would else become 30 small ones, 6 % larger.
      output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
    },
  },
});
