// Replaces a file so that after a crash or a power cut either the old or the new content is there, never a part.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const STALE_MS = 60_000;

/** Temp file beside it, fsync, rename, fsync of the folder. The file is readable by its owner only. */
export async function writeDurably(file: string, content: string): Promise<void> {
  await removeStale(file);
  const temp = `${file}.tmp-${randomBytes(6).toString('hex')}`;
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  const handle = await open(temp, O_CREAT | O_EXCL | O_WRONLY | (O_NOFOLLOW ?? 0), 0o600);
  try {
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } catch (error) {
    await handle.close();
    await rm(temp, { force: true }); // a full disk leaves an empty file
    throw error;
  }
  await handle.close();
  await rename(temp, file);
  // Windows cannot open a folder, and its rename needs no such help.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(file), constants.O_RDONLY);
  await folder.sync().finally(() => folder.close());
}

/** What a kill between open and rename has left behind. A young one may belong to another process. */
async function removeStale(file: string) {
  const folder = dirname(file);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(file)}.tmp-`)) continue;
    const path = join(folder, name);
    const age = Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? Number.NaN);
    if (age > STALE_MS) await rm(path, { force: true });
  }
}
