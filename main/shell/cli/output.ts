// Everything the command line prints goes through here: people read text, programs read JSON, and progress goes to
// standard error so that standard output can be piped.
import type { Writable } from 'node:stream';

export interface Output {
  json: boolean;
  /** Is somebody looking at standard error? */
  live: boolean;
  /** Result text, exactly as given. Resolves when it may go on (a slow pipe holds it back). */
  write(text: string): Promise<void>;
  line(text?: string): Promise<void>;
  /** One JSON value on one line. */
  value(value: unknown): Promise<void>;
  /** To standard error: what is going on. */
  note(text: string): void;
  /** Columns, aligned; the first row is the head. */
  table(rows: readonly (readonly string[])[]): Promise<void>;
}

export function createOutput(
  stdout: Writable,
  stderr: Writable & { isTTY?: boolean },
  json: boolean,
): Output {
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
  return {
    json,
    live: stderr.isTTY === true,
    write,
    line: (text = '') => write(`${text}\n`),
    value: (value) => write(`${JSON.stringify(value)}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    table: async (rows) => {
      const widths = (rows[0] ?? []).map((_cell, column) =>
        Math.max(...rows.map((row) => printable(row[column] ?? '').length)),
      );
      for (const row of rows)
        await write(
          `${row
            .map((cell, column) => printable(cell).padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd()}\n`,
        );
    },
  };
}

/** Text of others (names, prompts, model output in tables) without what would steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

export const shortTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
