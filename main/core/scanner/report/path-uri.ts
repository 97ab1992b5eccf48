// Paths of repositories, which are bytes, as URIs, which are ASCII: RFC 3986, every byte that is not unreserved as %NN.
import { pathToFileURL } from 'node:url';

/** The bytes of a path as reports show it: those that are not UTF-8 stand there as `\xNN`, from 0x80 on. */
export function pathBytes(shown: string): Buffer {
  return Buffer.concat(
    shown
      .split(/(\\x[89a-f][0-9a-f])/)
      .map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part))),
  );
}

/** Relative to the repository's root, e.g. `src/a%20b.ts`. */
export function pathUri(shown: string): string {
  let uri = '';
  for (const byte of pathBytes(shown)) {
    const character = String.fromCharCode(byte);
    uri += /[A-Za-z0-9\-._~/]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return uri;
}

/** Of a folder, with the slash at its end that makes it a base. */
export const folderUri = (folder: string): string => pathToFileURL(`${folder.replace(/[/\\]+$/, '')}/`).href;
