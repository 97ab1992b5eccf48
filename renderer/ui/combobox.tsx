import { Autocomplete as Base } from '@base-ui/react/autocomplete';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { usePortalContainer } from './portal.tsx';

export interface Suggestion {
  /** What is put into the field. */
  value: string;
  /** Shown instead of the value, if it says more. */
  label?: string;
}

export interface ComboboxProps {
  value: string;
  /** Called on typing and on choosing: any text is a value, the suggestions only help. */
  onChange: (value: string) => void;
  suggestions: readonly Suggestion[];
  placeholder?: string | undefined;
  /** The name, unless a `Field` around it gives one. */
  'aria-label'?: string | undefined;
  /** Below the suggestions: where they come from, or why there are none. */
  note?: ReactNode;
  mono?: boolean | undefined;
  invalid?: boolean | undefined;
  onFocus?: (() => void) | undefined;
  className?: string | undefined;
}

/** Free text with suggestions (models, header names). */
export function Combobox(props: ComboboxProps) {
  const { value, onChange, suggestions, placeholder, note, mono, invalid, onFocus, className } = props;
  const container = usePortalContainer();
  return (
    <Base.Root<Suggestion>
      items={suggestions}
      value={value}
      onValueChange={(next, details) => {
        // Base UI empties the field on Escape once its list is closed: what was typed would be gone without a way back.
        if (details.reason === 'escape-key') details.cancel();
        else onChange(next);
      }}
      itemToStringValue={(item) => item.value}
      openOnInputClick
    >
      <Base.InputGroup className={cx('field-shell flex h-7 min-w-0 items-center pl-2', className)}>
        <Base.Input
          aria-label={props['aria-label']}
          {...(invalid ? { 'aria-invalid': true } : {})}
          placeholder={placeholder}
          spellCheck={false}
          onFocus={onFocus}
          className={cx(
            'h-full min-w-0 flex-1 bg-transparent text-fg outline-none',
            mono ? 'font-mono text-xs' : 'text-sm',
          )}
        />
        <Base.Trigger
          aria-label="Show suggestions"
          className="grid h-full w-6 shrink-0 place-items-center text-subtle"
        >
          <ChevronDown size={14} aria-hidden="true" />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal container={container}>
        <Base.Positioner sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="fade-80 flex max-h-[min(360px,var(--available-height))] max-w-[min(520px,var(--available-width))] min-w-(--anchor-width) flex-col overflow-hidden rounded-md border border-line-strong bg-raised shadow-float">
            <Base.Empty className="px-3 py-2 text-xs text-muted empty:hidden">
              {suggestions.length > 0 ? 'No suggestion matches. The text is used as it stands.' : null}
            </Base.Empty>
            <Base.List className="min-h-0 flex-1 overflow-y-auto p-1 empty:p-0">
              {(item: Suggestion) => (
                <Base.Item
                  key={item.value}
                  value={item}
                  className="flex min-h-7 items-center gap-2 rounded-sm px-2 text-fg outline-none select-none data-highlighted:bg-selected"
                >
                  <span className={cx('min-w-0 flex-1 truncate', mono && 'font-mono text-xs')}>
                    {item.value}
                  </span>
                  {item.label && item.label !== item.value && (
                    <span className="text-xs text-subtle">{item.label}</span>
                  )}
                </Base.Item>
              )}
            </Base.List>
            {note && <div className="border-t border-line px-3 py-1.5 text-xs text-muted">{note}</div>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
