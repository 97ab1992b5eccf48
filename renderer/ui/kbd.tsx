import { cx } from './cx.ts';
import { keyCaps } from './key-caps.ts';

export interface KbdProps {
  /** tinykeys syntax, e.g. `$mod+Enter`. */
  keys: string;
  /** On a solid accent surface the caps lose their box. */
  plain?: boolean;
}

/** A shortcut as key caps. Decorative for screen readers where the control has `aria-keyshortcuts`. */
export function Kbd({ keys, plain = false }: KbdProps) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1" aria-hidden="true">
      {keyCaps(keys).map((cap) => (
        <kbd
          key={cap}
          className={cx(
            'inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm font-mono text-3xs',
            plain ? '' : 'border border-line-strong bg-raised px-1 text-muted',
          )}
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
