// One content by its id, for the lines around a finding.
import { AppError } from '../../../../preload/contract/app-error.ts';
import { packOids } from './object-list.ts';
import { readObjects } from './read-objects.ts';
import type { Repository } from './repository.ts';

/**
 * The content of an object (blob, commit or tag).
 * @throws AppError NOT_FOUND with a sentence when it is gone, damaged or larger than `maxBytes`; SCAN_FAILED.
 */
export async function readBlob(
  repo: Repository,
  oid: string,
  { maxBytes = 64 << 20, signal }: { maxBytes?: number; signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array> {
  let content: Uint8Array | null = null;
  let problem = 'is not in the repository any more';
  await readObjects(repo, packOids([oid], repo.oidBytes), {
    onObject: (_oid, _type, bytes) => {
      content = Uint8Array.from(bytes);
    },
    onMissing: () => {},
    onUnreadable: () => {
      problem = 'is damaged';
    },
    onTooBig: (_oid, size) => {
      problem = `is too large to show (${size} bytes)`;
    },
    maxBytes,
    signal,
  });
  if (!content) throw new AppError('NOT_FOUND', `The object ${oid.slice(0, 12)} ${problem}.`);
  return content;
}
