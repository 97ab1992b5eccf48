import { useState } from 'react';
import { TextArea } from '../../../ui/text-area.tsx';
import { parseJson } from '../json-problem.ts';
import { messages } from '../messages.ts';
import type { WidgetProps } from './param-row.tsx';

/** A parameter that is JSON of its own. Text that is not JSON yet stays here and out of the body. */
export function JsonParam({ param, value, onChange }: WidgetProps) {
  const stored = value === undefined ? '' : JSON.stringify(value, null, 2);
  const [typed, setTyped] = useState<{ text: string; over: string } | null>(null);
  // Typed text counts until the value changes elsewhere.
  const text = typed && typed.over === stored ? typed.text : stored;
  const parsed = text.trim() === '' ? null : parseJson(text);
  const set = (next: string) => {
    const read = next.trim() === '' ? { ok: true as const, value: undefined } : parseJson(next);
    setTyped({
      text: next,
      over: read.ok && read.value !== undefined ? JSON.stringify(read.value, null, 2) : read.ok ? '' : stored,
    });
    if (read.ok) onChange(read.value);
  };
  return (
    <>
      <TextArea
        mono
        aria-label={messages.jsonParam(param.label)}
        aria-invalid={parsed?.ok === false || undefined}
        value={text}
        onChange={set}
        placeholder={messages.notSet}
        minRows={1}
        maxRows={12}
      />
      {parsed?.ok === false && (
        <p className="text-xs text-danger">{messages.badJsonParam(parsed.problem.message)}</p>
      )}
    </>
  );
}
