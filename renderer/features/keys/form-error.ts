// Core's sentences, put under the field they are about.

import { AppError, errorText } from '../../host/api.ts';

export type FormField = 'provider' | 'name' | 'baseUrl' | 'secret' | 'storage' | 'passphrase' | 'form';

export interface FormError {
  field: FormField;
  message: string;
}

const BY_CODE: Partial<Record<AppError['code'], FormField>> = {
  KEY_INVALID: 'secret',
  KEY_NAME_TAKEN: 'name',
  KEY_WRONG_ORIGIN: 'baseUrl',
  PROVIDER_UNKNOWN: 'provider',
  KEYCHAIN_UNAVAILABLE: 'storage',
  KEYCHAIN_TIMEOUT: 'storage',
  KEYCHAIN_DENIED: 'storage',
  KEY_LOCKED: 'storage',
  VAULT_WRONG_PASSPHRASE: 'passphrase',
  VAULT_EXISTS: 'passphrase',
  VAULT_ABSENT: 'passphrase',
};

const FIELDS: readonly string[] = ['provider', 'name', 'baseUrl', 'secret', 'passphrase'];
const BAD_NAME = 'A name has 1 to 64 characters and no control characters.';

/**
 * Where a failed call belongs. Core may name the field itself (`data.field`); a message that breaks the contract
 * (`BAD_INPUT`) names the path. Everything else belongs to the form as a whole.
 */
export function formError(error: unknown): FormError {
  const message = errorText(error);
  if (!(error instanceof AppError)) return { field: 'form', message };
  if (error.code === 'BAD_INPUT') {
    const path = firstPath(error.data);
    if (path === 'name') return { field: 'name', message: BAD_NAME };
    return { field: isField(path) ? path : 'form', message };
  }
  const named = (error.data as { field?: unknown } | null | undefined)?.field;
  return { field: isField(named) ? named : (BY_CODE[error.code] ?? 'form'), message };
}

const isField = (value: unknown): value is FormField => typeof value === 'string' && FIELDS.includes(value);

function firstPath(data: unknown): string | undefined {
  const issues = (data as { issues?: { path?: string }[] } | null | undefined)?.issues;
  return issues?.[0]?.path;
}
