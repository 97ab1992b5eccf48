// Where a text stops being JSON. The engine's own message names no place for short texts and its wording changes, so
// the place is found here; whether it is JSON at all is JSON.parse's decision alone.

export interface JsonProblem {
  /** UTF-16 offset into the text. */
  offset: number;
  /** From 1. */
  line: number;
  column: number;
  /** One sentence without the place. */
  message: string;
}

export type ParsedJson = { ok: true; value: unknown } | { ok: false; problem: JsonProblem };

export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, problem: findProblem(text) };
  }
}

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)))/y;

type Expect = 'value' | 'value or ]' | 'key or }' | 'key' | ':' | ', or }' | ', or ]' | 'end';

const SENTENCE: Record<Expect, string> = {
  value: 'A value is expected here.',
  'value or ]': 'A value or ] is expected here.',
  'key or }': 'A name in double quotes or } is expected here.',
  key: 'A name in double quotes is expected here; a comma before } is not allowed.',
  ':': 'A colon is expected here.',
  ', or }': 'A comma or } is expected here.',
  ', or ]': 'A comma or ] is expected here.',
  end: 'The JSON ends before this; nothing may follow it.',
};

function findProblem(text: string): JsonProblem {
  const open: ('{' | '[')[] = [];
  let expect: Expect = 'value';
  const afterValue = (): Expect => (open.length === 0 ? 'end' : open.at(-1) === '{' ? ', or }' : ', or ]');
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) return place(text, skipBlank(text, from), expect);
    const [, mark, string, atom] = match;
    const at = TOKEN.lastIndex - (mark ?? string ?? atom ?? '').length;
    const next = step(expect, mark, string !== undefined, open, afterValue);
    if (!next) return place(text, at, expect);
    expect = next;
  }
}

// What may follow `mark` (or a value) where `expect` was due; `null` when it may not stand there.
function step(
  expect: Expect,
  mark: string | undefined,
  isString: boolean,
  open: ('{' | '[')[],
  afterValue: () => Expect,
): Expect | null {
  if (mark === ']' && (expect === 'value or ]' || expect === ', or ]')) {
    open.pop();
    return afterValue();
  }
  if (mark === '}' && (expect === 'key or }' || expect === ', or }')) {
    open.pop();
    return afterValue();
  }
  switch (expect) {
    case 'value':
    case 'value or ]':
      if (mark === undefined) return afterValue();
      if (mark !== '{' && mark !== '[') return null;
      open.push(mark);
      return mark === '{' ? 'key or }' : 'value or ]';
    case 'key or }':
    case 'key':
      return isString ? ':' : null;
    case ':':
      return mark === ':' ? 'value' : null;
    case ', or }':
      return mark === ',' ? 'key' : null;
    case ', or ]':
      return mark === ',' ? 'value' : null;
    case 'end':
      return null;
  }
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text[at] ?? '')) at++;
  return at;
}

function place(text: string, offset: number, expect: Expect): JsonProblem {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - (before.lastIndexOf('\n') + 1) + 1;
  const cut = offset >= text.length && expect !== 'end';
  const quote = text[offset] === '"';
  const message = cut
    ? 'The JSON ends too early.'
    : quote && expect !== ', or }' && expect !== ', or ]' && expect !== 'end' && expect !== ':'
      ? 'This text in quotes is not closed, or holds a line break or an unknown escape.'
      : SENTENCE[expect];
  return { offset, line, column, message };
}
