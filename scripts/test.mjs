// `npm test`: set-up, build, checks and every test. `npm test -- PATH` runs the tests whose path contains PATH.
import { setUp } from './setup/index.mjs';
import { fail, respawn } from './setup/respawn.mjs';

const { node } = await setUp({ for: 'test' }).catch(fail);
await respawn(node, ['scripts/test/main.ts', ...process.argv.slice(2)]);
