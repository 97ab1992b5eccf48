// A stored key in a prompt: nearly always pasted by mistake, with a log or a configuration file. What goes to the
// provider is never rewritten in silence, so the person is asked before it leaves (security.md section 3).
import { AppError } from '../../../preload/contract/errors.ts';
import type { Draft } from '../../../preload/contract/requests.ts';

/**
 * `null`, or the `PROMPT_HOLDS_KEY` that names the keys in the draft's body. `namesIn` is the scrubber's. Headers and
 * address are refused by check-headers.ts, whatever the person says.
 */
export function knownKeyIn({ body }: Pick<Draft, 'body'>, namesIn: (s: string) => string[]): AppError | null {
  const names = [...new Set([...namesIn(body), ...namesIn(unescaped(body))])];
  if (names.length === 0) return null;
  const quoted = new Intl.ListFormat('en').format(names.map((name) => `"${name}"`));
  return new AppError(
    'PROMPT_HOLDS_KEY',
    `This prompt holds your ${names.length === 1 ? 'key' : 'keys'} ${quoted}.`,
    { keys: names },
  );
}

/** JSON may write any letter of a key as \u0073, which the provider reads as that letter. */
function unescaped(body: string): string {
  if (!body.includes('\\u')) return '';
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return '';
  }
}
