// The scanner's part of the contract.
import { AppError } from '../../../../preload/contract/errors.ts';
import type { AppHandlers } from '../../../../preload/contract/index.ts';
import type { ScannerService } from './scanner-service.ts';

type ScannerHandlers = Pick<AppHandlers, Extract<keyof AppHandlers, `scanner.${string}`>>;

const notYet = (): never => {
  throw new AppError('NOT_SUPPORTED', 'Scans cannot be run in this version yet.');
};

export function scannerHandlers(service: ScannerService): ScannerHandlers {
  return {
    'scanner.state': (_input, { signal }) => service.watch(signal),
    'scanner.browse': ({ path }) => service.browse(path),
    'scanner.add': ({ path }, { signal }) => service.add(path, signal),
    'scanner.remove': async ({ repoId }) => {
      await service.remove(repoId);
      return null;
    },
    'scanner.start': notYet,
    'scanner.stop': notYet,
    'scanner.findings': notYet,
    'scanner.finding': notYet,
    'scanner.mark': notYet,
    'scanner.export': notYet,
    'scanner.rules': () =>
      service.rules().map(({ id, provider, family, description, severity, enabled = true, revoke }) => ({
        ...{ id, provider, family, description, severity, enabled, revoke },
      })),
  };
}
