// Run as a child process: a key service on a real keyring that adds, replaces and removes keys until it is killed.
// Arguments: data folder, path of the helper's entry. The state it was told of is said on standard output, one JSON
// line before and one after each step.
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { forkKeytarProcess } from '../../main/core/keys/fork-keytar.ts';
import { createProcessBackend } from '../../main/core/keys/process-backend.ts';
import { startKeyService } from './key-service.ts';

const [dir = '', entry = ''] = process.argv.slice(2);
const clock = { now: () => Date.now(), mono: () => performance.now() };
const log = { info() {}, warn() {}, error() {}, close() {} };
const backend = createProcessBackend({ spawn: () => forkKeytarProcess(entry), clock, log });
const { service } = startKeyService({ dir, clock, keychain: backend as never });
const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);
const secret = () => `sk-TEST-${randomBytes(12).toString('hex')}`;

await service.sweep();
say({ ready: service.status().state });
for (let i = 0; ; i++) {
  const [first, second] = [secret(), secret()];
  const name = `key-${process.pid}-${i}`;
  say({ about: name, may: [first, null] });
  const { id } = await service.add({
    name,
    provider: 'openai',
    baseUrl: 'https://api.example.com',
    secret: first,
  });
  say({ done: name, is: first });
  if (i % 3 === 0) continue;
  say({ about: name, may: [first, second] });
  await service.replace(id, second);
  say({ done: name, is: second });
  if (i % 3 === 1) continue;
  say({ about: name, may: [second, null] });
  await service.remove(id);
  say({ done: name, is: null });
}
