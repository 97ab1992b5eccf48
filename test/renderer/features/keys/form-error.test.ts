import { expect, test } from 'vitest';
import { AppError } from '../../../../preload/contract/errors.ts';
import { formError } from '../../../../renderer/features/keys/form-error.ts';

const field = (error: unknown) => formError(error).field;

test('a code belongs to the field it is about', () => {
  expect(field(new AppError('KEY_INVALID', 'No.'))).toBe('secret');
  expect(field(new AppError('KEY_NAME_TAKEN', 'No.'))).toBe('name');
  expect(field(new AppError('KEY_WRONG_ORIGIN', 'No.'))).toBe('baseUrl');
  expect(field(new AppError('KEYCHAIN_TIMEOUT', 'No.'))).toBe('storage');
  expect(field(new AppError('VAULT_WRONG_PASSPHRASE', 'No.'))).toBe('passphrase');
  expect(field(new AppError('DISK_FULL', 'No.'))).toBe('form');
});

test('core may name the field itself, but no field that the form does not have', () => {
  expect(field(new AppError('KEY_INVALID', 'No.', { field: 'baseUrl' }))).toBe('baseUrl');
  expect(field(new AppError('KEY_INVALID', 'No.', { field: 'nonsense' }))).toBe('secret');
});

test('an input that breaks the contract is said in words about the field', () => {
  const broken = (path: string) =>
    formError(
      new AppError('BAD_INPUT', 'The input does not fit the contract.', { issues: [{ path, code: 'x' }] }),
    );
  expect(broken('name')).toEqual({
    field: 'name',
    message: 'A name has 1 to 64 characters and no control characters.',
  });
  expect(broken('secret').field).toBe('secret');
  expect(broken('backend').field).toBe('form');
});

test('anything else becomes one sentence that does not hold what was thrown', () => {
  const { field: where, message } = formError(new Error('sk-CANARY in a message'));
  expect(where).toBe('form');
  expect(message).not.toContain('CANARY');
});
