// A few facts of a repository's configuration, read as text: no include is followed and nothing is run.

/** Lower-case names (`section.key`, `section.subsection.key`) → their last value; a name without a value is `true`. */
export function parseGitConfig(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const head = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (head) {
      const [, name = '', sub] = head;
      section = name.toLowerCase() + (sub === undefined ? '' : `.${sub.replace(/\\(.)/g, '$1')}`);
    }
    const entry = /^\s*([A-Za-z][\w-]*)\s*(?:=(.*))?$/.exec(head ? line.slice(head[0].length) : line);
    if (entry && section) values.set(`${section}.${entry[1]!.toLowerCase()}`, unquoted(entry[2]));
  }
  return values;
}

function unquoted(value: string | undefined): string {
  if (value === undefined) return 'true';
  let text = '';
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    const char = value[at]!;
    if (char === '"') quoted = !quoted;
    else if (char === '\\') text += value[++at] ?? '';
    else if (!quoted && (char === '#' || char === ';')) break;
    else text += char;
  }
  return text.trim();
}

export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(true|yes|on|[1-9]\d*)$/i.test(value);
}
