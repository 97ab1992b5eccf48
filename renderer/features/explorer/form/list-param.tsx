import { useState } from 'react';
import { TextArea } from '../../../ui/text-area.tsx';
import { messages } from '../messages.ts';
import type { WidgetProps } from './param-row.tsx';

/** A list of short texts, one per line. */
export function ListParam({ param, value, onChange }: WidgetProps) {
  const stored = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  const [typed, setTyped] = useState<string | null>(null);
  // While typing an empty line is the next entry to come; the body does not have it.
  const text = typed !== null && sameList(toList(typed), stored) ? typed : toLines(stored);
  return (
    <TextArea
      mono
      aria-label={param.label}
      title={messages.listHelp}
      value={text}
      onChange={(next) => {
        setTyped(next);
        const list = toList(next);
        onChange(list.length > 0 ? list : undefined);
      }}
      placeholder={messages.notSet}
      minRows={1}
      maxRows={6}
    />
  );
}

export const toLines = (list: readonly string[]): string =>
  list.map((one) => one.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')).join('\n');

export const toList = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\\(n|\\)/g, (_, c: string) => (c === 'n' ? '\n' : '\\')));

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);
