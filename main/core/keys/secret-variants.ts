// The forms in which one secret can appear at an exit: as it is, or as an encoder on the way has written it.

/** Every distinct form of `secret` that the scrubber looks for. `secret` is printable ASCII. */
export function variantsOf(secret: string): string[] {
  const forms = new Set<string>([secret]);
  for (const form of [...urlForms(secret), ...base64Forms(secret), ...hexForms(secret), ...jsonForms(secret)])
    forms.add(form);
  // A Windows tool or a keyring dump writes UTF-16; seen as bytes, each character is followed by NUL.
  forms.add([...secret].join('\0'));
  return [...forms];
}

/** Shorter ones would be found by chance. */
const LEAST_IN_FILES = 8;

/**
 * The forms that people and tools write into files: as it is, base64 (three alignments), URL-encoded, JSON-escaped. Each at least
 * eight characters.
 */
export function formsInFiles(secret: string): string[] {
  const forms = new Set([secret, ...base64Forms(secret), ...urlForms(secret), ...jsonForms(secret)]);
  return [...forms].filter((form) => form.length >= LEAST_IN_FILES);
}

function urlForms(secret: string): string[] {
  const component = encodeURIComponent(secret);
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  // RFC 3986 leaves the case of hex digits open, and strict encoders also escape !'()*.
  const strict = component.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const each = [component, form, strict, encodeURI(secret)];
  return [...each, ...each.map((s) => s.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

/** Base64 of a text that contains the secret at any offset: only the characters that the secret alone decides. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor(((offset + bytes.length) * 8) / 6);
    const core = whole.slice(from, to);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function hexForms(secret: string): string[] {
  const hex = Buffer.from(secret, 'utf8').toString('hex');
  return [hex, hex.toUpperCase()];
}

function jsonForms(secret: string): string[] {
  const json = (s: string) => JSON.stringify(s).slice(1, -1);
  const once = json(secret);
  const slashes = once.replaceAll('/', '\\/'); // PHP's default
  const html = once.replace(/[&<>]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`); // Go's default
  return [once, slashes, html, json(once), json(slashes)];
}
