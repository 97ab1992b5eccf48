// One name for a finding on every machine, after every rebase and rename. Reports and baselines hold it, so it must not
// be a quick oracle for a secret that can be guessed (a database password): hence the slow hash.
import { pbkdf2Sync } from 'node:crypto';

const ITERATIONS = 1000;
const BYTES = 16;

/** 32 hex characters. Takes a fraction of a millisecond: ask once for each different secret. */
export function fingerprintOf(rule: string, secret: string): string {
  const salt = `keybench finding v1\0${rule}`;
  return pbkdf2Sync(secret, salt, ITERATIONS, BYTES, 'sha256').toString('hex');
}
