// Where JSON text stops being JSON. V8's own message often names no position, and quotes the text instead.

export interface JsonProblem {
  /** Offset in UTF-16 code units; the text's length when it only stops too early. */
  at: number;
  /** From 1. */
  line: number;
  column: number;
  /** What would have been right there, e.g. `a comma or }`. */
  expected: string;
}

/** The first problem in `text`, or `null` if it is valid JSON. Iterative: depth costs no stack. */
export function findJsonError(text: string): JsonProblem | null {
  const problem = scan(text);
  if (!problem) return null;
  const before = text.slice(0, problem.at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { ...problem, line: before.split('\n').length, column: problem.at - lineStart + 1 };
}

type Place = { at: number; expected: string };

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Two patterns without alternatives under a star, which would need a regular expression stack as deep as the string.
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const WORDS = ['true', 'false', 'null'];

function scan(text: string): Place | null {
  let at = 0;
  const open: ('{' | '[')[] = [];
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found !== null;
  };
  /** Steps over a string; says what is wrong in it. */
  const string = (): string | null => {
    at++;
    do match(PLAIN);
    while (match(ESCAPE));
    if (text[at] === '"') {
      at++;
      return null;
    }
    if (text[at] !== '\\') return 'a closing quote';
    if (/^\\(u[\da-fA-F]{0,3})?$/.test(text.slice(at, at + 6))) at = text.length; // only cut short
    return 'a valid escape such as \\n';
  };
  const scalar = (): string | null => {
    if (text[at] === '"') return string();
    for (const word of WORDS)
      if (text.startsWith(word, at)) {
        at += word.length;
        return null;
      }
    const rest = text.slice(at, at + 5);
    if (at + rest.length === text.length && WORDS.some((word) => rest !== '' && word.startsWith(rest))) {
      at = text.length;
      return 'a value';
    }
    if (match(NUMBER)) {
      if (!/^(\.|[eE][+-]?)$/.test(text.slice(at, at + 3))) return null;
      at = text.length; // cut within the number
      return 'a digit';
    }
    if (rest === '-') at = text.length;
    return 'a value';
  };
  const name = (): string | null => {
    if (text[at] !== '"') return 'a name in double quotes';
    const wrong = string();
    if (wrong) return wrong;
    match(SPACE);
    if (text[at] !== ':') return 'a colon';
    at++;
    return null;
  };

  let state: 'value' | 'name' | 'after' = 'value';
  for (;;) {
    match(SPACE);
    const here = text[at];
    const top = open.at(-1);
    if (state === 'after') {
      if (top === undefined) return at < text.length ? { at, expected: 'the end' } : null;
      const close = top === '{' ? '}' : ']';
      if (here === close) open.pop();
      else if (here === ',') state = top === '{' ? 'name' : 'value';
      else return { at, expected: `a comma or ${close}` };
      at++;
      continue;
    }
    if (state === 'name') {
      const wrong = name();
      if (wrong) return { at, expected: wrong };
      state = 'value';
      continue;
    }
    if (here === '{' || here === '[') {
      open.push(here);
      at++;
      match(SPACE);
      if (text[at] === (here === '{' ? '}' : ']')) {
        open.pop();
        at++;
        state = 'after';
      } else state = here === '{' ? 'name' : 'value';
      continue;
    }
    const wrong = scalar();
    if (wrong) return { at, expected: wrong };
    state = 'after';
  }
}
