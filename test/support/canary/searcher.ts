// Finds keys in bytes, in every encoding that software on the way is known to use. Written without a look at the
// scrubber's own list, so that one cannot share the other's blind spot.
import { gunzipSync, inflateRawSync, inflateSync, constants as zlib } from 'node:zlib';
import type { Canaries } from './canaries.ts';

export interface Match {
  /** Of which key; `?` when only a part is there that all keys share. */
  alias: string;
  encoding: string;
  /** In bytes, in the data or in what was unpacked from it. */
  offset: number;
}

export interface Form {
  encoding: string;
  bytes: Buffer;
}

export interface Searcher {
  find(data: Buffer | string): Match[];
  /** From now on this text counts as well, e.g. a session cookie. Eight characters at least. */
  add(alias: string, text: string): void;
}

/** What a packed piece may unpack to, and how many pieces are tried in one file. */
const MAX_UNPACKED = 64 * 1024 * 1024;
const MAX_PIECES = 200;
/** Bytes around a marker that the widest encoding of a key's own letters needs. */
const AROUND = 64;

export function createSearcher({ markers, all }: Canaries): Searcher {
  const ofRun = markers.flatMap(formsOf);
  const others: { alias: string; forms: Form[] }[] = [];
  /** Forms of marker and own letters together, per key; canaries may be made later. */
  const known = new Map<string, Form[]>();
  const formsOfKey = (index: number): Form[] => {
    const { alias, own } = all[index]!;
    let forms = known.get(alias);
    if (!forms) {
      forms = [...formsOf(markers[0] + own[0]), ...formsOf(own[1] + markers[1])];
      known.set(alias, forms);
    }
    return forms;
  };
  const nameAt = (data: Buffer, offset: number, length: number): string => {
    const near = data.subarray(Math.max(0, offset - AROUND), offset + length + AROUND);
    const index = all.findIndex((_, i) => formsOfKey(i).some(({ bytes }) => near.includes(bytes)));
    return all[index]?.alias ?? '?';
  };

  const plain = (data: Buffer, found: Map<string, Match>, inside: string) => {
    const keep = (alias: string, encoding: string, offset: number) => {
      const id = `${alias} ${inside}${encoding}`;
      if (!found.has(id)) found.set(id, { alias, encoding: inside + encoding, offset });
    };
    for (const { encoding, bytes } of ofRun)
      for (let at = data.indexOf(bytes); at !== -1; at = data.indexOf(bytes, at + 1))
        keep(nameAt(data, at, bytes.length), encoding, at);
    for (const { alias, forms } of others)
      for (const { encoding, bytes } of forms) {
        const at = data.indexOf(bytes);
        if (at !== -1) keep(alias, encoding, at);
      }
  };

  return {
    find(data) {
      const bytes = typeof data === 'string' ? Buffer.from(data) : data;
      const found = new Map<string, Match>();
      plain(bytes, found, '');
      for (const { name, unpacked } of unpack(bytes)) plain(unpacked, found, `${name} > `);
      return [...found.values()];
    },
    add: (alias, text) => void others.push({ alias, forms: formsOf(text) }),
  };
}

/** How `text` (ASCII) appears in bytes. URL, JSON and HTML escapes leave letters and digits alone: they are raw. */
function formsOf(text: string): Form[] {
  const bytes = Buffer.from(text);
  const reversed = [...text].reverse().join('');
  const forms: [string, string | Buffer][] = [
    ['raw', text],
    // Without the last NUL it fits both byte orders.
    ['utf-16', Buffer.from(text, 'utf16le').subarray(0, -1)],
    ['hex', bytes.toString('hex')],
    ['hex in capitals', bytes.toString('hex').toUpperCase()],
    ['reversed', reversed],
    ['reversed utf-16', Buffer.from(reversed, 'utf16le').subarray(0, -1)],
  ];
  for (const shift of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const core = whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
    forms.push([`base64 +${shift}`, core]);
    const safe = core.replaceAll('+', '-').replaceAll('/', '_');
    if (safe !== core) forms.push([`base64url +${shift}`, safe]);
  }
  return forms.map(([encoding, form]) => ({ encoding, bytes: Buffer.from(form as string) }));
}

interface Unpacked {
  name: string;
  unpacked: Buffer;
}

/** Everything in `data` that looks like the start of gzip or zlib data and unpacks, also when its end is missing. */
function* unpack(data: Buffer): Generator<Unpacked> {
  const options = { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: MAX_UNPACKED };
  for (const at of starts(data, Buffer.from([0x1f, 0x8b, 0x08]))) {
    const unpacked = attempt(() => gunzipSync(data.subarray(at), options));
    // The checksum of a piece followed by other bytes fails; its content is there all the same.
    const raw = unpacked ?? attempt(() => inflateRawSync(data.subarray(at + 10), options));
    if (raw) yield { name: 'gzip', unpacked: raw };
  }
  for (const level of [0x01, 0x5e, 0x9c, 0xda])
    for (const at of starts(data, Buffer.from([0x78, level]))) {
      const unpacked = attempt(() => inflateSync(data.subarray(at), options));
      if (unpacked && unpacked.length >= 16) yield { name: 'zlib', unpacked };
    }
}

function starts(data: Buffer, magic: Buffer): number[] {
  const found: number[] = [];
  for (let at = data.indexOf(magic); at !== -1 && found.length < MAX_PIECES; at = data.indexOf(magic, at + 1))
    found.push(at);
  return found;
}

function attempt(act: () => Buffer): Buffer | null {
  try {
    return act();
  } catch {
    return null;
  }
}
