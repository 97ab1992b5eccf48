// The scanner's part of the contract.
import type { AppHandlers } from '../../../../preload/contract/index.ts';
import type { ScannerService } from './scanner-service.ts';

type ScannerHandlers = Pick<AppHandlers, Extract<keyof AppHandlers, `scanner.${string}`>>;

export interface ScannerHandlerDeps {
  service: ScannerService;
  exportFindings: ScannerHandlers['scanner.export'];
}

export function scannerHandlers({ service, exportFindings }: ScannerHandlerDeps): ScannerHandlers {
  return {
    'scanner.state': (_input, { signal }) => service.watch(signal),
    'scanner.browse': ({ path }) => service.browse(path),
    'scanner.add': ({ path }, { signal }) => service.add(path, signal),
    'scanner.remove': async ({ repoId }) => {
      await service.remove(repoId);
      return null;
    },
    'scanner.start': ({ repoIds, profile, trust }) => {
      service.start(repoIds, profile, trust);
      return null;
    },
    'scanner.stop': async ({ repoId }) => {
      await service.stop(repoId);
      return null;
    },
    'scanner.findings': (query) => service.findings(query),
    'scanner.finding': ({ id }) => service.finding(id),
    'scanner.mark': (change) => {
      service.mark(change);
      return null;
    },
    'scanner.export': exportFindings,
    'scanner.rules': () =>
      service.rules().map(({ id, provider, family, description, severity, enabled = true, revoke }) => ({
        ...{ id, provider, family, description, severity, enabled, revoke },
      })),
  };
}
