import { Field as Base } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface FieldProps {
  label: ReactNode;
  /** `stack`: label above (dialogs). `row`: label left in a 130 px column (forms). */
  layout?: 'stack' | 'row' | undefined;
  /** Small word behind the label, e.g. `required`. */
  hint?: string | undefined;
  /** One line below the control. */
  help?: ReactNode;
  /** A sentence; the control is then marked invalid and described by it. */
  error?: string | null | undefined;
  /** Parameter names are set in mono. */
  mono?: boolean | undefined;
  /** For groups without one labelled control (a switch names itself): the label is then plain text. */
  nativeLabel?: boolean | undefined;
  className?: string | undefined;
  /** One control of this kit; label, help and error are wired to it. */
  children: ReactNode;
}

/** Label, control, help and error of one value. */
export function Field({
  label,
  layout = 'stack',
  hint,
  help,
  error,
  mono,
  nativeLabel = true,
  className,
  children,
}: FieldProps) {
  const row = layout === 'row';
  return (
    <Base.Root
      invalid={Boolean(error)}
      className={cx(
        row
          ? 'grid grid-cols-[130px_minmax(0,1fr)] items-start gap-x-3 @max-[300px]:grid-cols-1'
          : 'flex flex-col gap-1',
        className,
      )}
    >
      <Base.Label
        nativeLabel={nativeLabel}
        {...(nativeLabel ? {} : { render: <div /> })}
        className={cx(
          'flex min-w-0 items-baseline gap-2 text-fg',
          row ? 'py-1' : '',
          mono ? 'font-mono text-xs leading-5' : 'text-sm',
        )}
      >
        <span className={row ? 'min-w-0 wrap-break-word' : 'truncate'}>{label}</span>
        {hint && <span className="font-sans text-2xs text-subtle">{hint}</span>}
      </Base.Label>
      <div className="flex min-w-0 flex-col gap-1">
        {children}
        {help && <Base.Description className="text-xs text-muted">{help}</Base.Description>}
        {error && (
          <Base.Error match className="flex items-start gap-1.5 text-xs text-danger">
            <CircleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
            <span>{error}</span>
          </Base.Error>
        )}
      </div>
    </Base.Root>
  );
}
