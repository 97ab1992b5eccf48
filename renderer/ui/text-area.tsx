import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

export interface TextAreaProps
  extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'defaultValue'> {
  value: string;
  onChange: (value: string) => void;
  /** Grows with its text between these; default 2 and 14. */
  minRows?: number | undefined;
  maxRows?: number | undefined;
  mono?: boolean | undefined;
  /** Without a frame of its own, e.g. in a message card. */
  bare?: boolean | undefined;
}

/** Several lines of text that grow as they are typed (CSS `field-sizing`, so no measuring). */
export function TextArea({
  value,
  onChange,
  minRows = 2,
  maxRows = 14,
  mono,
  bare,
  className,
  style,
  ...rest
}: TextAreaProps) {
  return (
    <span className={cx('block min-w-0', !bare && 'field-shell', className)}>
      <Field.Control
        value={value}
        onValueChange={(next) => onChange(next)}
        render={
          <textarea
            spellCheck={false}
            // Also keeps a browser from writing the text into its session file, where it would outlive the app.
            autoComplete="off"
            {...rest}
            rows={minRows}
            style={{
              ...style,
              minHeight: `calc(${minRows} * 20px + 12px)`,
              maxHeight: `calc(${maxRows} * 20px + 12px)`,
            }}
            className={cx(
              'block w-full resize-none bg-transparent px-2 py-1.5 text-fg outline-none [field-sizing:content]',
              mono ? 'font-mono text-xs leading-5' : 'text-sm',
            )}
          />
        }
      />
    </span>
  );
}
