// Reads `log --raw -c -z` with our header: which commit brought which content to which path. Sixty megabytes for a large
// history, so nothing is made of a line but what the caller asks for.
import { ZeroTokens } from './zero-tokens.ts';

export interface LogCommit {
  oid: string;
  parents: string[];
  author: string;
  email: string;
  /** Epoch ms of the author date. */
  at: number;
}

export interface LogEvents {
  /** Before the entries of the commit. `read` costs a little: call it only where the commit is wanted. */
  onCommit(oid: string, read: () => LogCommit): void;
  /** Content that this commit has at `path` and none of its parents has there. `path` is a view of a chunk. */
  onEntry(oid: string, path: Buffer, read: () => LogCommit): void;
}

const [NEWLINE, COLON] = [10, 58];
const MODE_AND_SPACE = 7;

export class LogParser {
  readonly #events: LogEvents;
  readonly #hex: number;
  readonly #tokens = new ZeroTokens((token) => this.#token(token));
  /** The content of the entry whose path comes next. */
  #entry: string | null = null;
  #header: Buffer = Buffer.alloc(0);
  #commit: LogCommit | null = null;
  readonly #read = (): LogCommit => {
    this.#commit ??= parseHeader(this.#header);
    return this.#commit;
  };

  /** `hexLength`: of an object id. */
  constructor(hexLength: number, events: LogEvents) {
    this.#hex = hexLength;
    this.#events = events;
  }

  push(chunk: Buffer): void {
    this.#tokens.push(chunk);
  }

  #token(token: Buffer): void {
    if (this.#entry !== null) {
      const oid = this.#entry;
      this.#entry = null;
      this.#events.onEntry(oid, token, this.#read);
      return;
    }
    if (token.length === 0) return;
    const from = token[0] === NEWLINE ? 1 : 0;
    if (token[from] === COLON) {
      this.#entry = this.#newOid(token, from);
      return;
    }
    this.#header = token;
    this.#commit = null;
    this.#events.onCommit(token.toString('latin1', 0, this.#hex), this.#read);
  }

  /** `:<mode> <mode> <oid> <oid> M`; a merge has one more colon, mode and oid for each further parent. */
  #newOid(token: Buffer, from: number): string {
    let colons = 0;
    while (token[from + colons] === COLON) colons++;
    const at = from + colons + (colons + 1) * MODE_AND_SPACE + colons * (this.#hex + 1);
    return token.toString('latin1', at, at + this.#hex);
  }
}

function parseHeader(header: Buffer): LogCommit {
  const [oid = '', parents = '', at = '', author = '', email = ''] = header.toString('utf8').split('\n');
  return { oid, parents: parents === '' ? [] : parents.split(' '), author, email, at: timeOf(at) };
}

/** The last moment that calendars know, in seconds: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST = 8.64e12;

/** Epoch ms. Dates of commits and tags are whatever somebody wrote; 0 for what is none. */
export function timeOf(seconds: string): number {
  const time = Number(seconds);
  return Math.abs(time) <= LAST ? time * 1000 : 0;
}
