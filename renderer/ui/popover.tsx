import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { usePortalContainer } from './portal.tsx';

export interface PopoverProps {
  trigger: ReactElement<Record<string, unknown>>;
  /** Heading of the layer and its name. */
  title: string;
  children: ReactNode;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  align?: 'start' | 'center' | 'end' | undefined;
}

/** A small layer with content of its own, opened by a button. */
export function Popover({ trigger, title, children, side = 'bottom', align = 'start' }: PopoverProps) {
  const container = usePortalContainer();
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal container={container}>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="fade-80 max-h-(--available-height) max-w-[min(420px,var(--available-width))] min-w-48 overflow-y-auto rounded-lg border border-line-strong bg-raised p-3 text-sm shadow-float outline-none">
            <Base.Title className="mb-1.5 text-xs font-semibold text-fg">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
