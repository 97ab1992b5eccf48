// The content of a message is a text or a list of parts. A list of one text part is edited as that text.
import { isObject } from '../body-path.ts';

const TEXT_PARTS = ['text', 'input_text', 'output_text'];

/** The text to edit, or `null` when the content is more than one. */
export function contentText(content: unknown): string | null {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  const part = soleTextPart(content);
  return part ? String(part.text) : null;
}

/** `content` with another text, in the form it had. */
export function withText(content: unknown, text: string): unknown {
  const part = soleTextPart(content);
  return part ? [{ ...part, text }] : text;
}

/** The kinds of its parts. */
export const partsOf = (content: unknown): string[] =>
  Array.isArray(content)
    ? content.map((part) => (isObject(part) && typeof part.type === 'string' ? part.type : 'part'))
    : ['part'];

function soleTextPart(content: unknown): Record<string, unknown> | null {
  if (!Array.isArray(content) || content.length !== 1) return null;
  const [part] = content as unknown[];
  if (!isObject(part) || typeof part.text !== 'string') return null;
  return TEXT_PARTS.includes(String(part.type)) ? part : null;
}
