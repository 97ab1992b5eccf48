// A stored response body for reading: JSON indented; server-sent events as a JSON list, in order.

/** Bodies above this stay as they came. */
const MAX = 2_000_000;

export interface ReadableBody {
  text: string;
  json: boolean;
  /** The text is a list made of the body's events. */
  events: boolean;
}

export function readableBody(body: string): ReadableBody {
  const asIs = { text: body, json: false, events: false };
  if (body.length > MAX || body.trim() === '') return asIs;
  const whole = indented(body);
  if (whole !== null) return { text: whole, json: true, events: false };
  if (!/^(?:data|event|id|retry)?:/m.test(body)) return asIs;
  const events = body
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map(readEvent)
    .filter((event) => event !== null);
  return { text: JSON.stringify(events, null, 2), json: true, events: true };
}

function readEvent(block: string): { event?: string; data: unknown } | null {
  const lines = block.split('\n');
  const values = (field: string) =>
    lines
      .filter((line) => line.startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).replace(/^ /, ''));
  const data = values('data');
  if (data.length === 0) return null;
  const text = data.join('\n');
  const name = values('event').at(-1);
  return name === undefined ? { data: jsonOr(text) } : { event: name, data: jsonOr(text) };
}

function indented(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
