import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import { usePortalContainer } from './portal.tsx';

export interface TooltipProps {
  content: ReactNode;
  /** Shortcut behind the text, tinykeys syntax. */
  kbd?: string | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  /** One focusable element. It needs a name of its own: a tooltip describes, it does not label. */
  children: ReactElement<Record<string, unknown>>;
}

/** A short description on hover and on keyboard focus. */
export function Tooltip({ content, kbd, side = 'bottom', children }: TooltipProps) {
  const container = usePortalContainer();
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal container={container}>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="fade-80 flex max-w-80 items-center gap-2 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs text-fg shadow-float">
            {content}
            {kbd && <Kbd keys={kbd} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Once at the root: the second tooltip in a row opens at once. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Base.Provider delay={400}>{children}</Base.Provider>
);
