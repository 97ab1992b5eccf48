import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import { usePortalContainer } from './portal.tsx';

export interface MenuItem {
  id: string;
  label: ReactNode;
  icon?: LucideIcon;
  leading?: ReactNode;
  /** Shortcut at the right, tinykeys syntax. */
  kbd?: string;
  /** Quiet text at the right. */
  hint?: string;
  danger?: boolean;
  disabled?: boolean;
  /** A chosen one of several has a check mark. */
  checked?: boolean;
  onSelect: () => void;
}

/** Items in groups; a hairline lies between two groups. */
export interface MenuGroup {
  /** Small heading; optional. */
  label?: string;
  items: readonly MenuItem[];
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<Record<string, unknown>>;
  groups: readonly MenuGroup[];
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  align?: 'start' | 'center' | 'end' | undefined;
}

/** Actions behind a button. */
export function Menu({ trigger, groups, side = 'bottom', align = 'start' }: MenuProps) {
  const container = usePortalContainer();
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal container={container}>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <MenuPopup groups={groups} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function MenuPopup({ groups }: { groups: readonly MenuGroup[] }) {
  const filled = groups.filter((group) => group.items.length > 0);
  return (
    <Base.Popup className="fade-80 max-h-(--available-height) min-w-44 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-float outline-none">
      {filled.map((group, index) => (
        <Fragment key={group.items[0]?.id}>
          {index > 0 && <Base.Separator className="-mx-1 my-1 h-px bg-line" />}
          <Base.Group>
            {group.label && (
              <Base.GroupLabel className="px-2 pt-1 pb-0.5 text-2xs text-subtle">
                {group.label}
              </Base.GroupLabel>
            )}
            {group.items.map((item) => (
              <Base.Item
                key={item.id}
                disabled={item.disabled}
                onClick={item.onSelect}
                className={cx(
                  'flex min-h-7 items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-selected',
                  item.danger ? 'text-danger' : 'text-fg',
                )}
              >
                {item.leading ??
                  (item.icon && <item.icon size={14} aria-hidden="true" className="shrink-0" />)}
                <span className="min-w-0 flex-1 truncate">{item.label}</span>
                {item.hint && <span className="pl-3 text-xs text-subtle">{item.hint}</span>}
                {item.kbd && <Kbd keys={item.kbd} />}
                {item.checked !== undefined && (
                  <span className="w-3.5 shrink-0">
                    {item.checked && (
                      <>
                        <Check size={14} aria-hidden="true" />
                        <span className="sr-only">chosen</span>
                      </>
                    )}
                  </span>
                )}
              </Base.Item>
            ))}
          </Base.Group>
        </Fragment>
      ))}
    </Base.Popup>
  );
}
