// The key as the wire knows it. SDKs are given a placeholder of the same shape, so that no SDK object, error or log
// ever holds the key; the wire swaps it in the headers, for the bound origin alone.
import { randomBytes } from 'node:crypto';
import type { Credential } from '../providers/wire-fetch.ts';

/** `target` is any address of the origin the key was released for. */
export function createCredential(key: { secret: string; alias: string }, target: string): Credential {
  return { ...key, placeholder: placeholderFor(key.secret), origin: new URL(target).origin };
}

/** The Hugging Face SDK looks at the first letters of a token and takes another way without them. */
function placeholderFor(secret: string): string {
  const shape = /^(hf_|sk-ant-|sk-)/.exec(secret)?.[0] ?? '';
  return `${shape}placeholder${randomBytes(12).toString('hex')}`;
}
