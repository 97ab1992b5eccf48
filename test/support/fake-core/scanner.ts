// The scanner of a core that has no repositories.
import { AppError } from '../../../preload/contract/errors.ts';
import type { AppHandlers } from '../../../preload/contract/index.ts';

const nothing = (): never => {
  throw new AppError('NOT_FOUND', 'There are no repositories in this core.');
};

export const fakeScanner: Pick<AppHandlers, Extract<keyof AppHandlers, `scanner.${string}`>> = {
  'scanner.state': async function* (_input, { signal }) {
    yield { repos: [], runs: [], version: 0, keys: [] };
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  },
  'scanner.browse': () => ({ path: '/', parent: null, entries: [], cut: false }),
  'scanner.add': nothing,
  'scanner.remove': nothing,
  'scanner.start': nothing,
  'scanner.stop': () => null,
  'scanner.findings': () => ({
    rows: [],
    total: 0,
    facets: { severity: [], provider: [], rule: [], source: [] },
  }),
  'scanner.finding': nothing,
  'scanner.mark': () => null,
  'scanner.export': async function* () {},
  'scanner.rules': () => [],
};
