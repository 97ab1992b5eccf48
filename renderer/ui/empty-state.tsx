import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';

export interface EmptyStateProps {
  icon?: LucideIcon | undefined;
  title: string;
  text?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
  /** The shortcuts worth knowing here; keys in tinykeys syntax. */
  shortcuts?: readonly { keys: string; label: string }[] | undefined;
  className?: string | undefined;
}

/** What a pane shows while it has nothing: what it is for and how to begin. */
export function EmptyState({ icon: Icon, title, text, actions, shortcuts, className }: EmptyStateProps) {
  return (
    <div
      className={cx(
        'flex h-full min-h-40 flex-col items-center justify-center gap-3 overflow-auto p-6 text-center',
        className,
      )}
    >
      {Icon && <Icon size={28} strokeWidth={1.5} aria-hidden="true" className="shrink-0 text-subtle" />}
      <div className="flex max-w-110 flex-col gap-1">
        <p className="text-base font-medium text-fg">{title}</p>
        {text && <p className="text-sm text-muted">{text}</p>}
      </div>
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
      {shortcuts && (
        <ul className="mt-2 grid grid-cols-[auto_auto] items-center gap-x-6 gap-y-1.5 text-left text-xs text-muted">
          {shortcuts.map((one) => (
            <li key={one.keys} className="contents">
              <span>{one.label}</span>
              <span className="justify-self-end">
                <Kbd keys={one.keys} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
