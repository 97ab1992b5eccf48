// Every failure that may cross the bridge has one of these codes and one clear sentence.
import * as z from 'zod';
import { ERROR_CODES } from './app-error.ts';

export { AppError, ERROR_CODES } from './app-error.ts';

export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** The wire form of an error. `message` is a sentence for people; `data` is small and never holds input values. */
export const WireError = z.object({
  code: ErrorCode,
  message: z.string().max(4000),
  data: z.json().optional(),
});
export type WireError = z.infer<typeof WireError>;
