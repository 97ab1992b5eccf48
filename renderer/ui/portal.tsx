// Floating layers mount in one element inside <main>, so that they lie in a landmark (axe rule `region`).
import { createContext, type ReactNode, use, useState } from 'react';

const PortalContext = createContext<HTMLElement | null>(null);

/** Where popups, dialogs and toasts mount. `null` until the frame is there; Base UI then uses the body. */
export const usePortalContainer = (): HTMLElement | null => use(PortalContext);

/** Wraps the content of `<main>` and appends the layer element to it. */
export function PortalProvider({ children }: { children: ReactNode }) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  return (
    <PortalContext value={container}>
      {children}
      <div ref={setContainer} data-layers="" />
    </PortalContext>
  );
}
