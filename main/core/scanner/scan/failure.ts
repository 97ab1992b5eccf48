// Errors as a scan tells them. The words of an unknown error may hold what was being read: they are not repeated.
import { AppError } from '../../../../preload/contract/app-error.ts';

export interface Failure {
  code: string;
  /** One sentence. */
  message: string;
}

export const UNEXPECTED: Failure = {
  code: 'SCAN_FAILED',
  message: 'The scan ended unexpectedly. Scan again: what was read so far is kept.',
};

const OUT_OF_MEMORY: Failure = {
  code: 'SCAN_FAILED',
  message:
    'The scan needed more memory than it may use. Scan again with a lower limit for the size of one file.',
};

export function toFailure(error: unknown): Failure {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return (error as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? OUT_OF_MEMORY
    : UNEXPECTED;
}
