import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { usePortalContainer } from './portal.tsx';

export interface SelectItem<T extends string> {
  value: T;
  label: string;
  /** Before the label, e.g. a provider badge. */
  leading?: ReactNode;
  /** At the right, quiet. */
  hint?: string;
  disabled?: boolean;
}

export interface SelectProps<T extends string> {
  value: T | null;
  onChange: (value: T) => void;
  items: readonly SelectItem<T>[];
  placeholder?: string | undefined;
  /** The name, unless a `Field` around it gives one. */
  'aria-label'?: string | undefined;
  disabled?: boolean | undefined;
  mono?: boolean | undefined;
  /** Below the items, e.g. "Add key…". It closes the list. */
  footer?: { label: string; icon?: ReactNode; onSelect: () => void } | undefined;
  id?: string | undefined;
  className?: string | undefined;
}

const FOOTER = '\u0000footer';

/** One of a list. The list opens below its trigger; typing jumps to an item. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { value, onChange, items, placeholder = 'Choose…', disabled, mono, footer, id, className } = props;
  const container = usePortalContainer();
  const chosen = items.find((item) => item.value === value);
  const choose = (next: string | null) => {
    if (next === FOOTER) footer?.onSelect();
    else if (next !== null) onChange(next as T);
  };
  return (
    <Base.Root<string>
      value={value}
      onValueChange={choose}
      disabled={disabled}
      items={items.map(({ value, label }) => ({ value, label }))}
    >
      <Base.Trigger
        id={id}
        aria-label={props['aria-label']}
        className={cx(
          'inline-flex h-7 min-w-0 items-center gap-2 rounded-md border border-control bg-input px-2 text-left text-fg select-none data-disabled:opacity-50 data-popup-open:border-accent',
          mono ? 'font-mono text-xs' : 'text-sm',
          className,
        )}
      >
        {chosen?.leading}
        <Base.Value className="min-w-0 flex-1 truncate data-placeholder:text-subtle">
          {() => chosen?.label ?? placeholder}
        </Base.Value>
        <Base.Icon className="shrink-0 text-subtle">
          <ChevronDown size={14} aria-hidden="true" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal container={container}>
        <Base.Positioner alignItemWithTrigger={false} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="fade-80 max-h-[min(360px,var(--available-height))] max-w-[min(420px,var(--available-width))] min-w-(--anchor-width) overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-float outline-none">
            <Base.List>
              {items.map((item) => (
                <Base.Item key={item.value} value={item.value} disabled={item.disabled} className={ITEM}>
                  {item.leading}
                  <Base.ItemText className={cx('min-w-0 flex-1 truncate', mono && 'font-mono text-xs')}>
                    {item.label}
                  </Base.ItemText>
                  {item.hint && <span className="text-xs text-subtle">{item.hint}</span>}
                  <span className="w-3.5 shrink-0">
                    <Base.ItemIndicator>
                      <Check size={14} aria-hidden="true" />
                    </Base.ItemIndicator>
                  </span>
                </Base.Item>
              ))}
              {footer && (
                <Base.Item value={FOOTER} className={cx(ITEM, 'mt-1 border-t border-line text-muted')}>
                  {footer.icon}
                  <Base.ItemText className="flex-1">{footer.label}</Base.ItemText>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const ITEM =
  'flex min-h-7 items-center gap-2 rounded-sm px-2 text-sm text-fg outline-none select-none data-disabled:opacity-50 data-highlighted:bg-selected';
