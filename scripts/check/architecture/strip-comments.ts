// Blanks comments, so that a rule about code is not broken by a sentence about that code.
// A small scanner, because TypeScript 7 has no parser to call from JavaScript. Line numbers stay the same.

/** What may stand before a `/` that starts a regular expression rather than a division. */
const BEFORE_REGEX = /(^|[(,=:[!&|?{};+>~^%*-]|\b(return|typeof|case|in|of|do|else|await|yield))\s*$/;

/** Many rules ask for the same text. */
const known = new Map<string, string>();

export function stripComments(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const stripped = scan(text);
  known.set(text, stripped);
  return stripped;
}

function scan(text: string): string {
  let out = '';
  let i = 0;
  while (i < text.length) {
    const two = text.slice(i, i + 2);
    if (two === '//' || two === '/*') {
      const end = commentEnd(text, i, two === '/*');
      out += text.slice(i, end).replace(/[^\n]/g, ' ');
      i = end;
      continue;
    }
    const end = literalEnd(text, i, out);
    out += text.slice(i, end);
    i = end;
  }
  return out;
}

function commentEnd(text: string, from: number, block: boolean): number {
  const end = text.indexOf(block ? '*/' : '\n', from + 2);
  if (end === -1) return text.length;
  return block ? end + 2 : end;
}

/** The end of the string, template or regular expression that starts here; else the next character. */
function literalEnd(text: string, from: number, before: string): number {
  const first = text[from];
  if (first === '`') return closing(text, from, '`', true);
  if (first === "'" || first === '"') return closing(text, from, first, false);
  if (first === '/' && BEFORE_REGEX.test(before.slice(-40))) return closing(text, from, '/', false);
  return from + 1;
}

/** An apostrophe in JSX text opens no string: what is not closed on its line counts as one character. */
function closing(text: string, from: number, mark: string, manyLines: boolean): number {
  let inClass = false;
  for (let i = from + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '\n' && !manyLines) return from + 1;
    else if (mark === '/' && (char === '[' || char === ']')) inClass = char === '[';
    else if (char === mark && !inClass) return i + 1;
  }
  return from + 1;
}
