// Packs the app as `electron-builder --linux dir` does, but around a stub instead of Electron's binary, so that what
// goes into the package and which fuses are set can be checked without the 100 MB download.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './check/source-files.ts';
import { runCommand } from './setup/run-command.mjs';

/** The text that marks the fuse wire in Electron's binary (documented in Electron's fuses tutorial). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;
/** Fuses of the current wire as Electron ships them: '1' on, '0' off, in the order of their numbers. */
const SHIPPED = '101100011';

export interface Packed {
  /** The program beside `resources/`, with its fuses set. */
  binary: string;
  asar: string;
}

/**
 * @param out an empty folder
 * @param config more settings for electron-builder, as `-c.name=value`
 * @throws with the tool's own last line when packing fails
 */
export async function packStub(out: string, config: string[] = []): Promise<Packed> {
  const dist = path.join(out, 'electron-stub');
  const output = path.join(out, 'packed');
  writeStub(dist);
  const cli = path.join(ROOT, 'node_modules/electron-builder/cli.js');
  const settings = [`-c.electronDist=${dist}`, `-c.directories.output=${output}`, ...config];
  const args = [cli, '--linux', 'dir', '--x64', '--publish=never', ...settings];
  const result = await runCommand(process.execPath, args, { cwd: ROOT, seconds: 120 });
  if (!result.ok) throw new Error(`electron-builder failed: ${result.reason}\n${result.out}`);
  const folder = path.join(output, 'linux-unpacked');
  return { binary: path.join(folder, 'keybench'), asar: path.join(folder, 'resources/app.asar') };
}

/** No `default_app.asar`: electron-builder would try to read it. */
function writeStub(dist: string): void {
  mkdirSync(path.join(dist, 'resources'), { recursive: true });
  const wire = Buffer.concat([
    Buffer.from(SENTINEL),
    Buffer.from([WIRE_VERSION, SHIPPED.length]),
    Buffer.from(SHIPPED),
  ]);
  const filler = Buffer.alloc(4096, 'stub ');
  const binary = path.join(dist, 'electron');
  writeFileSync(binary, Buffer.concat([filler, wire, filler]));
  chmodSync(binary, 0o755);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const out = path.join(ROOT, 'release/stub');
  rmSync(out, { recursive: true, force: true });
  const { binary, asar } = await packStub(out);
  console.log(`${path.relative(ROOT, binary)}\n${path.relative(ROOT, asar)}`);
}
