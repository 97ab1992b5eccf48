// Every object there is, reachable or not, with type and size, in the order in which reading is cheapest.
import { CHECK_FORMAT } from './allowed-commands.ts';
import { type ObjectList, ObjectListBuilder } from './object-list.ts';
import { gitFailure, streamGit } from './recipe.ts';
import type { Repository } from './repository.ts';

const NEWLINE = 10;
const [SPACE, ZERO, NINE] = [32, 48, 57];
/** By second letter: b-l-ob, t-r-ee, c-o-mmit, t-a-g. */
const TYPE_BY_LETTER: Readonly<Record<number, number>> = { 108: 0, 114: 1, 111: 2, 97: 3 };

/**
 * All objects of the repository and of those it borrows from: loose ones first, then pack by pack in pack order.
 * @throws AppError SCAN_FAILED when git cannot list them; the signal's reason.
 */
export async function listObjects(
  repo: Repository,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<ObjectList> {
  const list = new ObjectListBuilder(repo.oidBytes);
  const lines = new CheckLines(list, repo.oidBytes * 2);
  const end = await streamGit(
    repo,
    'cat-file',
    ['--batch-all-objects', '--unordered', '--buffer', CHECK_FORMAT],
    options,
    (chunk) => lines.push(chunk),
  );
  if (end.code !== 0) throw gitFailure(repo, end);
  return list.done();
}

/** Lines `<oid> <type> <size>` and `<oid> missing`, cut anywhere. Fifty bytes a million times: no strings are made. */
export class CheckLines {
  readonly #list: ObjectListBuilder;
  readonly #hexLength: number;
  #rest: Buffer | null = null;

  constructor(list: ObjectListBuilder, hexLength: number) {
    this.#list = list;
    this.#hexLength = hexLength;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      this.#line(bytes, from, end);
      from = end + 1;
    }
    this.#rest = from < bytes.length ? bytes.subarray(from) : null;
  }

  #line(bytes: Buffer, from: number, end: number): void {
    const typeAt = from + this.#hexLength + 1;
    const type = TYPE_BY_LETTER[bytes[typeAt + 1]!];
    let at = bytes.indexOf(SPACE, typeAt) + 1;
    let size = 0;
    if (type !== undefined && at > 0 && at < end)
      for (; at < end && bytes[at]! >= ZERO && bytes[at]! <= NINE; at++) size = size * 10 + bytes[at]! - ZERO;
    // `missing`: it was listed a moment ago, so it is damaged.
    if (type === undefined || at !== end)
      this.#list.unreadable.push(bytes.toString('latin1', from, from + this.#hexLength));
    else this.#list.add(bytes, from, type, size);
  }
}
