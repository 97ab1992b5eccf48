// Runs one of our TypeScript files on Node 24: node scripts/run.mjs scripts/build.ts [arguments]
import { setUp } from './setup/index.mjs';
import { fail, respawn } from './setup/respawn.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) fail('Usage: node scripts/run.mjs FILE [arguments]');
const { node } = await setUp({ for: 'build' }).catch(fail);
await respawn(node, [file, ...args]);
