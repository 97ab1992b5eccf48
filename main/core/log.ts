// The only logger. Every line passes the scrubber as a whole, after it was put together, so that no field can slip by.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from './clock.ts';

export interface Log {
  info(msg: string, data?: Record<string, unknown>): void;
  warn(msg: string, data?: Record<string, unknown>): void;
  /** `error` may be anything that was thrown; its causes are followed. */
  error(msg: string, error?: unknown): void;
  close(): void;
}

export interface LogOptions {
  /** Absent: no file. Made with mode 0600, its folder with 0700. */
  file?: string;
  /** Also to standard error, for the command line and for development. */
  stderr?: boolean;
  scrub: (s: string) => string;
  clock: Clock;
  /** The file is turned over when it has grown beyond this many bytes. Default 1 MiB. */
  maxBytes?: number;
}

/** Older files kept, as `<file>.1` and `<file>.2`. */
const KEEP = 2;
const MAX_LINE = 16 * 1024;
const MAX_CAUSES = 5;

type Level = 'info' | 'warn' | 'error';

/** Writes one JSON object per line. Never throws: a log that cannot be written may not take the app with it. */
export function createLog(options: LogOptions): Log {
  const { scrub, clock } = options;
  const file = options.file === undefined ? null : new LogFile(options.file, options.maxBytes ?? 1024 * 1024);

  const write = (level: Level, msg: string, data: object | undefined) => {
    const at = new Date(clock.now()).toISOString();
    // Cut only what is scrubbed: half a key would no longer be found.
    const line = scrub(serialise(() => ({ at, level, msg, ...data })));
    const text = `${line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}… (cut)` : line}\n`;
    file?.write(text);
    if (options.stderr) process.stderr.write(text);
  };
  return {
    info: (msg, data) => write('info', msg, data),
    warn: (msg, data) => write('warn', msg, data),
    error: (msg, error) => write('error', msg, error === undefined ? undefined : { error: describe(error) }),
    close: () => file?.close(),
  };
}

class LogFile {
  #path: string;
  #maxBytes: number;
  #fd: number | null = null;
  #closed = false;
  constructor(path: string, maxBytes: number) {
    this.#path = path;
    this.#maxBytes = maxBytes;
  }

  write(text: string) {
    if (this.#closed) return;
    try {
      this.#fd ??= this.#open();
      // Asked for each line, since another process may write the same file.
      if (fstatSync(this.#fd).size > this.#maxBytes) {
        this.#turnOver(this.#fd);
        this.#fd = this.#open();
      }
      writeSync(this.#fd, text);
    } catch {
      // Full disk, read-only folder: the next line tries again.
      this.#release();
    }
  }

  close() {
    this.#closed = true;
    this.#release();
  }

  #open(): number {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
    const fd = openSync(this.#path, O_APPEND | O_CREAT | O_WRONLY | (O_NOFOLLOW ?? 0), 0o600);
    fchmodSync(fd, 0o600);
    return fd;
  }

  #turnOver(fd: number) {
    const mine = fstatSync(fd).ino;
    this.#release();
    // The other process may have turned it over already.
    if (statSync(this.#path, { throwIfNoEntry: false })?.ino !== mine) return;
    for (let n = KEEP; n > 0; n--) {
      const from = n === 1 ? this.#path : `${this.#path}.${n - 1}`;
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${this.#path}.${n}`);
    }
  }

  #release() {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }
}

/** JSON of anything: errors by their describable part, circles and functions by a word. */
function serialise(make: () => object): string {
  const above: unknown[] = [];
  const replacer = function (this: unknown, _key: string, v: unknown): unknown {
    if (typeof v === 'bigint' || typeof v === 'symbol') return String(v);
    if (typeof v === 'function') return '[function]';
    if (v === null || typeof v !== 'object') return v;
    // `this` is the holder, so everything after it on the path is finished.
    while (above.length > 0 && above.at(-1) !== this) above.pop();
    if (above.includes(v)) return '[circle]';
    const shown = v instanceof Error ? describe(v) : v;
    above.push(shown);
    return shown;
  };
  try {
    return JSON.stringify(make(), replacer);
  } catch {
    return JSON.stringify({ msg: 'A log entry could not be written as JSON.' });
  }
}

/** Name, message, code, stack and causes only: other fields of an SDK's error hold requests and clients. */
function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? '[thrown object]' : String(error);
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack,
    ...(cause === undefined || depth >= MAX_CAUSES ? {} : { cause: describe(cause, depth + 1) }),
  };
}
