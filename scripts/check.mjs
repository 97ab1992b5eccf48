// `npm run check`: format, lint, types, unused code, architecture.
import { setUp } from './setup/index.mjs';
import { fail, respawn } from './setup/respawn.mjs';

const { node } = await setUp({ for: 'check' }).catch(fail);
await respawn(node, ['scripts/check/main.ts', ...process.argv.slice(2)]);
