// Commits and tags are headers, an empty line, and a text. Only the text is content: names, addresses and signatures of
// the headers would look like secrets of e-mail and key rules.

const LINE = 10;

/** The text of a commit or tag object, without a copy; empty when there is none. */
export function messageOf(object: Uint8Array): Uint8Array {
  for (let at = object.indexOf(LINE); at !== -1; at = object.indexOf(LINE, at + 1))
    if (object[at + 1] === LINE) return object.subarray(at + 2);
  return object.subarray(object.length);
}
