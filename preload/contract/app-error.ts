// The error class and its codes, without zod: the window needs these and none of the schemas.
import type { WireError } from './errors.ts';

export const ERROR_CODES = [
  // the bridge itself
  'NO_METHOD',
  'BAD_FRAME',
  'BAD_INPUT',
  'TOO_MANY_OPEN',
  'TOO_LARGE',
  'UNAUTHORIZED',
  'VERSION_MISMATCH',
  'CLOSED',
  'CANCELLED',
  'INTERNAL',
  // keys and keychain
  'KEY_INVALID',
  'KEY_NOT_FOUND',
  'KEY_NAME_TAKEN',
  'KEY_LOCKED',
  'KEY_MISSING',
  'KEY_WRONG_ORIGIN',
  'KEYCHAIN_UNAVAILABLE',
  'KEYCHAIN_TIMEOUT',
  'KEYCHAIN_DENIED',
  'VAULT_WRONG_PASSPHRASE',
  'VAULT_EXISTS',
  'VAULT_ABSENT',
  // requests
  'DRAFT_INVALID',
  'PROMPT_HOLDS_KEY',
  'PROVIDER_UNKNOWN',
  'PROVIDER_SAID_NO',
  // history and disk
  'NOT_FOUND',
  'DATABASE_UNAVAILABLE',
  'DATABASE_READ_ONLY',
  'DISK_FULL',
  'SEARCH_TIMEOUT',
  // scanner
  'PATH_NOT_FOUND',
  'NOT_A_REPOSITORY',
  'FOREIGN_REPOSITORY',
  'RULES_INVALID',
  'SCAN_FAILED',
  // app
  'SETTING_INVALID',
  'LINK_REFUSED',
  'NOT_SUPPORTED',
] as const;

/** The one error class that both sides throw. Anything else becomes `INTERNAL` before it crosses. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: WireError['code'];
  readonly data: WireError['data'];
  constructor(code: WireError['code'], message: string, data?: WireError['data']) {
    super(message);
    this.code = code;
    this.data = data;
  }
  static from(wire: WireError): AppError {
    return new AppError(wire.code, wire.message, wire.data);
  }
  toWire(): WireError {
    const wire: WireError = { code: this.code, message: this.message };
    if (this.data !== undefined) wire.data = this.data;
    return wire;
  }
}
