// keytar's native part. Its own install script is denied in package.json: it would download a binary from a code
// host, and npm removes an optional package whose script fails. So it is compiled here, from the source npm verified.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { nodeHeaders } from './node-binary.mjs';
import { lastLine, runCommand } from './run-command.mjs';

/** @type {import('./system-packages.mjs').Need[]} */
export const KEYTAR_NEEDS =
  process.platform === 'linux' ? ['compiler', 'make', 'python', 'pkg-config', 'libsecret'] : [];

/** @param {string} root */
export function keytarBinary(root) {
  return join(root, 'node_modules/keytar/build/Release/keytar.node');
}

/**
 * True when this Node can load the built module.
 * @param {string} root
 * @param {string} node
 */
export async function keytarLoads(root, node) {
  const file = keytarBinary(root);
  if (!existsSync(file)) return false;
  return (await runCommand(node, ['-e', 'require(process.argv[1])', file], { seconds: 20 })).ok;
}

/**
 * Builds keytar for this Node.
 * @param {string} root
 * @param {string} node
 * @returns {Promise<string>} '' when it loads afterwards, else the reason in one line
 */
export async function buildKeytar(root, node) {
  const folder = join(root, 'node_modules/keytar');
  if (!existsSync(folder)) return 'the package keytar is not installed';
  if (process.platform !== 'linux' && (await downloadPrebuilt(root, node))) return '';
  const headers = nodeHeaders(root, node);
  const args = [join(root, 'node_modules/node-gyp/bin/node-gyp.js'), 'rebuild'];
  if (headers) args.push(`--nodedir=${headers}`);
  // gyp asks `node` on PATH for include folders.
  const env = { PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const built = await runCommand(node, args, { cwd: folder, seconds: 300, env });
  if (!built.ok) return compilerError(built.out) || built.reason;
  dropIntermediates(folder);
  return (await keytarLoads(root, node)) ? '' : 'the built module does not load';
}

/**
 * macOS and Windows often have no compiler; there the published binary is tried first.
 * @param {string} root
 * @param {string} node
 */
async function downloadPrebuilt(root, node) {
  const tool = join(root, 'node_modules/prebuild-install/bin.js');
  if (!existsSync(tool)) return false;
  const cwd = join(root, 'node_modules/keytar');
  return (await runCommand(node, [tool], { cwd, seconds: 60 })).ok && keytarLoads(root, node);
}

/**
 * The build keeps only the module: its object files name this machine's folders and are of no use.
 * @param {string} folder
 */
function dropIntermediates(folder) {
  const build = join(folder, 'build');
  const module = join(build, 'Release/keytar.node');
  const aside = join(folder, 'keytar.node.new');
  renameSync(module, aside);
  rmSync(build, { recursive: true, force: true });
  mkdirSync(join(build, 'Release'), { recursive: true });
  renameSync(aside, module);
}

/** @param {string} out */
function compilerError(out) {
  const line = out.split('\n').find((text) => /\b(fatal )?error:|No package '/.test(text));
  return line ? lastLine(line) : '';
}
