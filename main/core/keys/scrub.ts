// The scrubber stands at every exit: log, bridge, database, terminal. It replaces each known secret, in every form
// of secret-variants.ts, with the key's name. A list of field names would not do: secrets turn up inside sentences.
import { type Match, SecretMatcher } from './secret-matcher.ts';
import { variantsOf } from './secret-variants.ts';

/** Shorter strings are words of ordinary text, and no key that Keybench accepts is shorter. */
const MIN_SECRET = 8;
/** A stream may be cut within a secret. So many letters of it are still one; fewer are what keys of a provider share. */
const MIN_CUT = 16;
/** Deeper values are cut: nothing on the wire is, and a hostile one may not exhaust the stack. */
const MAX_DEPTH = 100;

/** Key shapes of the known providers, and whatever follows `Bearer`, for exits that may meet keys of others. */
const SHAPES =
  /\b(?:sk-[\w-]{16,}|hf_[A-Za-z0-9]{16,}|AIza[\w-]{30,}|(?:gsk|r8|pplx|xai|nvapi)[-_][\w-]{16,})|(?<=\bbearer )(?!\[key:)[\x21-\x7e]{8,}/gi;
const UNKNOWN = '[key:unknown]';

export interface ScrubOptions {
  /** Also replaces what only looks like a key. For logs and errors; answers and prompts stay as they are. */
  shapes?: boolean;
}

export interface TextScrubStream {
  /** Returns what is certain by now; at most the start of a possible secret is held back. */
  push(chunk: string): string;
  end(): string;
}

export interface ByteScrubStream {
  push(chunk: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

export class Scrubber {
  /** Secret to alias, in the order they were added. */
  #secrets = new Map<string, string>();
  #built: SecretMatcher | null | undefined;

  /** From now on `secret` appears as `[key:alias]`. Adding it again changes its alias. */
  add(secret: string, alias: string): void {
    if (secret.length < MIN_SECRET || this.#secrets.get(secret) === alias) return;
    this.#secrets.set(secret, alias);
    this.#built = undefined;
  }

  /** Forgets every secret of this alias. Only for secrets that exist nowhere any more. */
  remove(alias: string): void {
    for (const [secret, name] of this.#secrets) if (name === alias) this.#secrets.delete(secret);
    this.#built = undefined;
  }

  /** All secrets of `from` appear under the name `to`. */
  rename(from: string, to: string): void {
    for (const [secret, name] of this.#secrets) if (name === from) this.#secrets.set(secret, to);
    this.#built = undefined;
  }

  text(s: string, options: ScrubOptions = {}): string {
    const matcher = this.#matcher();
    const known = matcher ? join(split(matcher, s)) : s;
    return options.shapes ? known.replace(SHAPES, UNKNOWN) : known;
  }

  /** Names of the known secrets that stand in `s`, in any of their forms; each once. */
  namesIn(s: string): string[] {
    const matcher = this.#matcher();
    const parts = matcher ? split(matcher, s) : s;
    if (typeof parts === 'string') return [];
    return [...new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : part.alias)))];
  }

  /** The same value with every string in it scrubbed, keys included; the very same object if nothing was found. */
  value<T>(v: T, options: ScrubOptions = {}): T {
    return this.#matcher() || options.shapes ? (this.#deep(v, options, []) as T) : v;
  }

  /** For text that arrives in pieces: any split gives what the whole would give. */
  textStream(): TextScrubStream {
    const held = new Held(() => this.#matcher());
    return {
      push: (chunk) => join(held.push(chunk)),
      end: () => join(held.end()),
    };
  }

  /** The same on bytes. Secrets are ASCII, so a chunk may end within a character of the text around them. */
  byteStream(): ByteScrubStream {
    const held = new Held(() => this.#matcher());
    return {
      push: (chunk) => {
        const text = asBuffer(chunk).toString('latin1');
        const clean = held.push(text);
        return clean === text ? chunk : toBytes(clean);
      },
      end: () => toBytes(held.end()),
    };
  }

  #matcher(): SecretMatcher | null {
    this.#built ??= this.#secrets.size === 0 ? null : this.#build();
    return this.#built;
  }

  #build(): SecretMatcher {
    const patterns = new Map<string, string>();
    for (const [secret, alias] of this.#secrets)
      for (const form of variantsOf(secret)) patterns.set(form, alias);
    return new SecretMatcher(patterns);
  }

  #deep(v: unknown, options: ScrubOptions, above: object[]): unknown {
    if (typeof v === 'string') return this.text(v, options);
    if (v === null || typeof v !== 'object') return v;
    if (above.length > MAX_DEPTH || above.includes(v)) return '[cut]';
    if (v instanceof Uint8Array) return this.#bytes(v);
    above.push(v);
    const copy = Array.isArray(v) ? this.#array(v, options, above) : this.#object(v, options, above);
    above.pop();
    return copy;
  }

  #array(list: unknown[], options: ScrubOptions, above: object[]): unknown[] {
    let copy: unknown[] | undefined;
    for (let i = 0; i < list.length; i++) {
      const scrubbed = this.#deep(list[i], options, above);
      if (scrubbed === list[i]) continue;
      copy ??= list.slice();
      copy[i] = scrubbed;
    }
    return copy ?? list;
  }

  // Runs for every event that crosses the bridge, so an unchanged object is not copied and no entry list is made.
  #object(source: object, options: ScrubOptions, above: object[]): object {
    const fields = (source instanceof Error ? errorFields(source) : source) as Record<string, unknown>;
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(fields)) {
      const name = this.text(key, options);
      const value = this.#deep(fields[key], options, above);
      if (name === key && value === fields[key]) continue;
      copy ??= { ...fields };
      if (name !== key) delete copy[key];
      copy[name] = value;
    }
    return copy ?? fields;
  }

  #bytes(bytes: Uint8Array): Uint8Array {
    const stream = this.byteStream();
    const [head, tail] = [stream.push(bytes), stream.end()];
    return tail.length === 0 ? head : Buffer.concat([head, tail]);
  }
}

type Part = string | Match;

/** The state of one stream: the end of its text that may still become a secret. */
class Held {
  #text = '';
  #matcher: () => SecretMatcher | null;
  /** The matcher is asked for anew each time: a key may be added while a stream runs. */
  constructor(matcher: () => SecretMatcher | null) {
    this.#matcher = matcher;
  }

  /** A string when nothing was found, which is nearly always. */
  push(chunk: string): string | Part[] {
    const matcher = this.#matcher();
    const text = this.#text === '' ? chunk : this.#text + chunk;
    if (!matcher) {
      this.#text = '';
      return text;
    }
    let parts: Part[] | undefined; // hardly ever needed
    for (let at = 0; ; ) {
      const undecided = matcher.undecidedFrom(text, at);
      const match = matcher.next(text, at);
      // A match that starts where the undecided rest starts may still become a longer one.
      if (!match || match.start >= undecided) {
        this.#text = undecided === text.length ? '' : text.slice(undecided);
        const sure = at === 0 && this.#text === '' ? text : text.slice(at, undecided);
        if (!parts) return sure;
        parts.push(sure);
        return parts;
      }
      parts ??= [];
      parts.push(text.slice(at, match.start), match);
      at = match.end;
    }
  }

  end(): string | Part[] {
    const matcher = this.#matcher();
    const rest = this.#text;
    this.#text = '';
    return matcher ? withoutCut(matcher, split(matcher, rest)) : rest;
  }
}

const shown = (part: Part): string => (typeof part === 'string' ? part : `[key:${part.alias}]`);
const join = (parts: string | Part[]): string =>
  typeof parts === 'string' ? parts : parts.map(shown).join('');

function split(matcher: SecretMatcher, text: string): string | Part[] {
  let match = matcher.next(text, 0);
  if (!match) return text;
  const parts: Part[] = [];
  let at = 0;
  for (; match; match = matcher.next(text, at)) {
    parts.push(text.slice(at, match.start), match);
    at = match.end;
  }
  parts.push(text.slice(at));
  return parts;
}

/** The same without the beginning of a secret at the very end. */
function withoutCut(matcher: SecretMatcher, parts: string | Part[]): string | Part[] {
  const before = typeof parts === 'string' ? [] : parts.slice(0, -1);
  const last = typeof parts === 'string' ? parts : parts.at(-1);
  const cut = typeof last === 'string' ? matcher.begun(last, MIN_CUT) : null;
  return cut ? [...before, (last as string).slice(0, cut.start), cut] : parts;
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Text of the stream is one byte per character; an alias is UTF-8. */
function toBytes(parts: string | Part[]): Buffer {
  if (typeof parts === 'string') return Buffer.from(parts, 'latin1');
  const toBuffer = (part: Part) =>
    typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(shown(part), 'utf8');
  return Buffer.concat(parts.map(toBuffer));
}

/** What is worth keeping of an error, as a plain object: its own fields are not enumerable and would be lost. */
function errorFields(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  return { ...error, name, message, stack, ...(cause === undefined ? {} : { cause }) };
}
