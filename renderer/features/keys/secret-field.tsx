import { CircleAlert } from 'lucide-react';
import { type ClipboardEvent, type ReactNode, type RefObject, useId, useState } from 'react';
import { useWiped } from '../../ui/use-wiped.ts';
import { messages } from './messages.ts';

export interface SecretFieldProps {
  label: string;
  /** The only handle on what was typed: read `value` once, on submit, and set it to '' on success. */
  inputRef: RefObject<HTMLInputElement | null>;
  placeholder?: string | undefined;
  help?: ReactNode;
  error?: string | undefined;
  /** What seems odd about the value, though it may be right. */
  doubt?: string | undefined;
  /** At the right of the label, e.g. a link. */
  aside?: ReactNode;
  /** Something was typed: errors about the old value can go. */
  onEdit?: (() => void) | undefined;
}

/**
 * A key or passphrase. Not the kit's `TextField`, on purpose: that one (and every controlled input) would keep the
 * value in React state, where developer tools, error reports and later renders can see it. Here it exists in the
 * DOM input alone, and is wiped when the field goes away.
 */
export function SecretField({
  label,
  inputRef,
  placeholder,
  help,
  error,
  doubt,
  aside,
  onEdit,
}: SecretFieldProps) {
  const id = useId();
  const [refused, setRefused] = useState(false);
  // A field of one line would join the lines that are pasted into it: two keys, or a key and its name, to one wrong key.
  const onPaste = (event: ClipboardEvent) => {
    const lines = /[\r\n]/.test(event.clipboardData.getData('text').trim());
    if (lines) event.preventDefault();
    setRefused(lines);
  };
  const problem = refused ? messages.add.secretLines : error;
  useWiped(inputRef);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-sm text-fg">
          {label}
        </label>
        {aside}
      </div>
      <span className="field-shell flex h-7 min-w-0 items-center px-2">
        <input
          id={id}
          ref={inputRef}
          type="password"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          // Password managers would offer to keep a copy.
          data-1p-ignore=""
          data-lpignore="true"
          data-bwignore=""
          maxLength={20_000}
          placeholder={placeholder}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-error` : help ? `${id}-help` : undefined}
          onPaste={onPaste}
          onInput={() => {
            setRefused(false);
            onEdit?.();
          }}
          className="h-full min-w-0 flex-1 bg-transparent font-mono text-xs text-fg outline-none"
        />
      </span>
      {help && (
        <span id={`${id}-help`} className="text-xs text-muted">
          {help}
        </span>
      )}
      <span role="status" className="text-xs text-warn empty:hidden">
        {doubt}
      </span>
      {problem && (
        <span
          id={`${id}-error`}
          role={refused ? 'alert' : undefined}
          className="flex items-start gap-1.5 text-xs text-danger"
        >
          <CircleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
          <span>{problem}</span>
        </span>
      )}
    </div>
  );
}
