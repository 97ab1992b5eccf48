import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that need the machine for themselves: real browsers, real keyrings, whole apps, packing. One at a time. */
const SYSTEM = [
  'test/browser/**/*.test.ts',
  'test/security/**/*.test.ts',
  'test/**/*.system.test.ts',
  'test/electron.test.ts',
  'test/pack.test.ts',
];

export default defineConfig({
  resolve: {
    // Importing the real package outside Electron starts a download and throws when that fails.
    alias: { electron: fileURLToPath(new URL('test/support/electron-stub.ts', import.meta.url)) },
  },
  test: {
    allowOnly: false, // a forgotten `.only` must not hide the rest
    restoreMocks: true,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Vitest's own second is too short for a machine that does something else as well.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: SYSTEM,
          // vitest's own choice is one less, which on two cores leaves one idle.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: SYSTEM,
          fileParallelism: false,
          globalSetup: 'test/support/build-window.ts',
          // Ten times what the longest of them takes here. What hangs is ended earlier, by the wait that it hangs in.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
