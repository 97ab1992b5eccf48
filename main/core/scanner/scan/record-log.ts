// An append-only file of checked records. Whatever moment the writer is killed at, the records before it stay readable:
// a record counts only when its length and check sum fit, and the first one that does not ends the file.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/** Payload's length, kind, check sum of kind and payload. */
const HEAD = 4 + 1 + 4;
/** No writer makes a larger one; a length beyond it is damage. */
const MAX_RECORD = 64 << 20;
const WRITE_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;

export interface LogRecord {
  /** 0 to 255. */
  kind: number;
  payload: Uint8Array;
}

export interface RecordLog {
  /** Throws what the file system throws. */
  append(record: LogRecord): void;
  /** Bytes of the file as far as this writer knows. */
  readonly bytes: number;
  close(): void;
}

/** The file's records up to the first damaged one, and whether there was one; none when it is absent or too large. */
export function readRecords(file: string, maxBytes: number): { records: LogRecord[]; damaged: boolean } {
  const content = readWhole(file, maxBytes);
  if (content === null) return { records: [], damaged: false };
  const records: LogRecord[] = [];
  let at = 0;
  while (at + HEAD <= content.length) {
    const length = content.readUInt32LE(at);
    const end = at + HEAD + length;
    if (length > MAX_RECORD || end > content.length) break;
    const payload = content.subarray(at + HEAD, end);
    const kind = content[at + 4] ?? 0;
    if (content.readUInt32LE(at + 5) !== checkSum(kind, payload)) break;
    records.push({ kind, payload });
    at = end;
  }
  return { records, damaged: at !== content.length };
}

/** Opens it for appending; `null` content of a file that is not there yet is made with mode 0600. */
export function openLog(file: string): RecordLog {
  return logOn(
    openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600),
  );
}

/** Puts a file of these records in the place of the one that is there, in one step. */
export function replaceLog(file: string, records: Iterable<LogRecord>): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  const log = logOn(openSync(fresh, WRITE_NEW, 0o600));
  try {
    for (const record of records) log.append(record);
  } catch (error) {
    log.close();
    rmSync(fresh, { force: true });
    throw error;
  }
  log.close();
  renameSync(fresh, file);
}

function logOn(fd: number): RecordLog {
  fchmodSync(fd, 0o600);
  let bytes = fstatSync(fd).size;
  return {
    append({ kind, payload }) {
      if (payload.length > MAX_RECORD) throw new Error('The record is too large.');
      const record = Buffer.allocUnsafe(HEAD + payload.length);
      record.writeUInt32LE(payload.length, 0);
      record[4] = kind;
      record.writeUInt32LE(checkSum(kind, payload), 5);
      record.set(payload, HEAD);
      // One write per record: with O_APPEND another process's records land before or after it, never inside.
      const written = writeSync(fd, record);
      bytes += written;
      if (written !== record.length) throw new Error('The disk took only a part of a record.');
    },
    get bytes() {
      return bytes;
    },
    close: () => closeSync(fd),
  };
}

function readWhole(file: string, maxBytes: number): Buffer | null {
  let fd: number;
  try {
    // A pipe in its place must not be waited for.
    fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.size > maxBytes) return null;
    const content = Buffer.allocUnsafe(stat.size);
    let at = 0;
    while (at < content.length) {
      const read = readSync(fd, content, at, content.length - at, at);
      if (read === 0) break;
      at += read;
    }
    return content.subarray(0, at);
  } finally {
    closeSync(fd);
  }
}

function checkSum(kind: number, payload: Uint8Array): number {
  return crc32(payload, kind + 1);
}
