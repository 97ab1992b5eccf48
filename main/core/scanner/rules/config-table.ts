// One table of a configuration, read key by key: what has the wrong type, or was never asked for, is said.

type Say = (sentence: string) => void;

/** Line breaks and escapes would let a file write into the terminal that shows its rules. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const MOST_STRINGS = 500;

export class ConfigTable {
  /** How sentences call it, e.g. `rule "acme-key"`. Empty: the file itself. */
  name: string;
  #values: Map<string, unknown>;
  #say: Say;

  constructor(values: Record<string, unknown>, name: string, say: Say) {
    this.name = name;
    this.#values = new Map(Object.entries(values));
    this.#say = say;
  }

  /** Says `<name> <rest>`; returns `null` to be passed on. */
  fail(rest: string): null {
    this.#say(this.name === '' ? rest : `${this.name} ${rest}`);
    return null;
  }

  /** Any value; it counts as read. */
  take(key: string): unknown {
    const value = this.#values.get(key);
    this.#values.delete(key);
    return value;
  }

  /** A text of at most `most` characters; `null` when it is absent or wrong. */
  text(key: string, most: number): string | null {
    const value = this.take(key);
    if (value === undefined) return null;
    if (typeof value !== 'string') return this.fail(`has a ${key} that is no text; put it in quotes.`);
    if (value.length > most) return this.fail(`has a ${key} of more than ${most} characters; shorten it.`);
    if (UNPRINTABLE.test(value))
      return this.fail(`has a ${key} with characters that cannot be shown; remove them.`);
    return value;
  }

  number(key: string, least: number, most: number): number | null {
    const value = this.take(key);
    if (value === undefined) return null;
    if (typeof value === 'number' && value >= least && value <= most) return value;
    return this.fail(`has something else than a number from ${least} to ${most} as ${key}; correct it.`);
  }

  /** A list of texts that are not empty; empty when it is absent or wrong. */
  strings(key: string): string[] {
    const value = this.take(key);
    if (value === undefined) return [];
    if (!Array.isArray(value) || value.length > MOST_STRINGS || !value.every(isShown)) {
      this.fail(`has ${key} that are no list of texts; write ${key} = ["…"], each printable and not empty.`);
      return [];
    }
    return value;
  }

  /** The table at `key`, e.g. `[scan]`. */
  table(key: string): ConfigTable | null {
    const value = this.take(key);
    if (value === undefined) return null;
    if (isTable(value)) return new ConfigTable(value, `[${key}]`, this.#say);
    return this.fail(`${key} is no table; write [${key}] above its settings.`);
  }

  /** The tables of the list at `key`, e.g. all `[[rules]]`. */
  tables(key: string, most: number): ConfigTable[] {
    const value = this.take(key);
    if (value === undefined) return [];
    if (!Array.isArray(value) || !value.every(isTable)) {
      this.fail(`${key} is no list of tables; write [[${key}]] above each.`);
      return [];
    }
    if (value.length > most) this.fail(`has more than ${most} [[${key}]]; those after it were ignored.`);
    return value
      .slice(0, most)
      .map((values, index) => new ConfigTable(values, `[[${key}]] number ${index + 1}`, this.#say));
  }

  /** Everything that was not read is unknown. */
  close(): void {
    for (const key of this.#values.keys())
      this.fail(
        `has the unknown setting "${UNPRINTABLE.test(key) ? '?' : shortName(key)}"; remove it or correct its name.`,
      );
    this.#values.clear();
  }
}

/** A name in a sentence. One that is no name may be a secret in the wrong place, of which little is shown. */
export const shortName = (name: string): string => (name.length > 48 ? `${name.slice(0, 8)}…` : name);

const isShown = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !UNPRINTABLE.test(value);

/** Dates are objects too. */
const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
