import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export interface RowShellProps {
  label: string;
  help: ReactNode;
  helpId?: string;
  error?: string | null;
  /** The far right: ↺. */
  trailing?: ReactNode;
  children: ReactNode;
}

/** The grid of every row: label and help left, control right. Stacks where it is narrow. */
export function RowShell({ label, help, helpId, error, trailing, children }: RowShellProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_24px] items-start gap-x-3 gap-y-1 border-b border-line py-2.5 @2xl:grid-cols-[minmax(12rem,1fr)_minmax(0,auto)_24px]">
      <div className="min-w-0">
        <div className="text-sm text-fg">{label}</div>
        <div id={helpId} className="text-xs text-muted">
          {help}
        </div>
      </div>
      <div className="col-start-1 flex min-h-7 min-w-0 flex-wrap items-center gap-2 @2xl:col-start-auto @2xl:justify-end">
        {children}
      </div>
      <div className="col-start-2 row-start-1 flex h-7 items-center @2xl:col-start-3">{trailing}</div>
      {error && (
        <p role="alert" className="col-span-full flex items-start gap-1.5 text-xs text-danger">
          <CircleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
