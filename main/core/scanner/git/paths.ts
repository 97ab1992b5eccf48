// Paths in a repository are bytes: git promises no encoding.

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** As people read it: forward slashes, bytes that are not UTF-8 as `\xNN`. */
export function shownPath(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return shownBytes(bytes);
  }
}

function shownBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) text += utf8.decode(bytes.subarray(at, at + length));
    else text += `\\x${bytes[at]!.toString(16).padStart(2, '0')}`;
    at += Math.max(1, length);
  }
  return text;
}

/** Bytes of the UTF-8 character at this place; 0 when it is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  try {
    utf8.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

/**
 * May this path from an index be opened under the work tree's root? Git's own check of an index is not strict, and a
 * hostile one can name `../../x` or an absolute path.
 */
export function isSafePath(bytes: Uint8Array, platform: NodeJS.Platform = process.platform): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('\0') || (platform === 'win32' && /[\\:]/.test(text))) return false;
  return text
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part));
}
