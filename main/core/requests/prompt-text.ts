// The prompt as plain text, for lists and search: what the user said last comes first.

type Json = Record<string, unknown>;

/** Reads any of the request bodies known (messages, input, prompt); empty for others. */
export function promptText(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { messages, input, prompt, inputs, system, instructions } = body as Json;
  const turns = [...turnsOf(messages), ...turnsOf(input)];
  const last = turns.findLastIndex((turn) => turn.role === 'user');
  const first = last === -1 ? [] : turns.splice(last, 1);
  return [...first, ...turns]
    .map((turn) => turn.text)
    .concat([prompt, inputs, system, instructions].map(textOf))
    .filter((text) => text !== '')
    .join('\n\n');
}

function turnsOf(value: unknown): { role: string; text: string }[] {
  if (typeof value === 'string') return [{ role: 'user', text: value }];
  if (!Array.isArray(value)) return [];
  return value.map((entry) => {
    const turn = (typeof entry === 'object' && entry !== null ? entry : {}) as Json;
    return { role: typeof turn.role === 'string' ? turn.role : '', text: textOf(turn.content ?? turn.text) };
  });
}

/** A string, or the texts of a list of parts. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value
    .map((part) => {
      if (typeof part === 'string') return part;
      const text = (part as Json | null)?.text ?? (part as Json | null)?.content;
      return typeof text === 'string' ? text : '';
    })
    .filter((text) => text !== '')
    .join('\n');
}
