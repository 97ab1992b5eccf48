import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Apart from vite.config.ts, whose root is the renderer. Tests mirror the sources of every layer.
export default defineConfig({
  plugins: [react()],
  test: { include: ['test/**/*.test.{ts,tsx}'], testTimeout: 20_000, hookTimeout: 30_000, maxWorkers: 2 },
});
