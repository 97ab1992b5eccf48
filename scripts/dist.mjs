// `npm run dist -- --linux|--mac|--win`: builds everything, then the installers, with electron-builder.
// Further arguments go to it as they are, e.g. `-c.electronDist=FOLDER`. Needs the network (Electron, AppImage, NSIS).
import { join } from 'node:path';
import { ROOT, setUp } from './setup/index.mjs';
import { fail, respawn } from './setup/respawn.mjs';
import { runCommand } from './setup/run-command.mjs';

const { node, keytar, keytarReason } = await setUp({ for: 'cli' }).catch(fail);
if (!keytar) fail(`An installer without keytar could not use the OS keychain. ${keytarReason}`);
const built = await runCommand(node, [join(ROOT, 'scripts/build.ts')], { cwd: ROOT, seconds: 300 });
if (!built.ok) fail(`The build failed: ${built.out}`);
await respawn(node, ['node_modules/electron-builder/cli.js', '--publish=never', ...process.argv.slice(2)]);
