// Before the system tests: they start the app as it is served, from dist/renderer, and must not test yesterday's.
import { buildRenderer } from '../../scripts/build.ts';

/** Vitest's global set-up. Costs nothing while no source has changed. */
export default async function buildWindow(): Promise<void> {
  // Vitest sets it to `test`, and Vite would then take React's development half.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await buildRenderer();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}
