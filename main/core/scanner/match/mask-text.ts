// Names can hold secrets too: of files, branches and authors.
import type { Matcher } from '../model.ts';
import { maskSecret } from './mask.ts';

/** `text` with all that the matcher takes for a secret masked; for short texts. */
export function maskText(text: string, matcher: Matcher): string {
  const bytes = Buffer.from(text, 'utf8');
  const { claimed } = matcher.match(bytes);
  let masked = '';
  let from = 0;
  for (let at = 0; at < claimed.length; at += 2) {
    const [start = 0, end = 0] = claimed.slice(at, at + 2);
    masked += bytes.toString('utf8', from, start) + maskSecret(bytes.toString('utf8', start, end));
    from = end;
  }
  return masked + bytes.toString('utf8', from);
}
