import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, type LucideIcon, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import { usePortalContainer } from './portal.tsx';

export interface ToastOptions {
  title: string;
  description?: string | undefined;
  /** Default `success`. `danger` is announced at once, the others politely. */
  tone?: 'success' | 'warn' | 'danger' | undefined;
  /** e.g. Undo. */
  action?: { label: string; run: () => void } | undefined;
  /** Milliseconds; default 6,000, `0` stays. */
  timeout?: number | undefined;
}

const manager = Base.createToastManager();
const ICON: Record<string, LucideIcon> = { success: CircleCheck, warn: TriangleAlert, danger: CircleAlert };
const COLOR: Record<string, string> = { success: 'text-success', warn: 'text-warn', danger: 'text-danger' };

/** Shows a message at the lower right; returns what takes it away. Also usable outside of components. */
export function toast({
  title,
  description,
  tone = 'success',
  action,
  timeout = 6000,
}: ToastOptions): () => void {
  const id = manager.add({
    title,
    description,
    type: tone,
    timeout,
    priority: tone === 'danger' ? 'high' : 'low',
    actionProps: action && {
      children: action.label,
      onClick: () => {
        action.run();
        manager.close(id);
      },
    },
  });
  return () => manager.close(id);
}

/** For components: the same function, so that a test can see who shows toasts. */
export const useToast = (): typeof toast => toast;

/** Once at the root. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      {children}
    </Base.Provider>
  );
}

/** Once inside `PortalProvider`: where the toasts are drawn. */
export function ToastViewport() {
  const container = usePortalContainer();
  const { toasts } = Base.useToastManager();
  return (
    <Base.Portal container={container}>
      <Base.Viewport className="fixed right-4 bottom-10 z-50 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2">
        {toasts.map((one) => {
          const Icon = ICON[one.type ?? ''] ?? CircleCheck;
          return (
            <Base.Root
              key={one.id}
              toast={one}
              swipeDirection={[]}
              className="fade-80 rounded-md border border-line-strong bg-raised shadow-float data-limited:hidden"
            >
              <Base.Content className="flex items-start gap-2 py-2 pr-2 pl-3">
                <Icon
                  size={16}
                  aria-hidden="true"
                  className={`mt-1 shrink-0 ${COLOR[one.type ?? ''] ?? ''}`}
                />
                <div className="min-w-0 flex-1 py-0.5">
                  <Base.Title render={<div />} className="text-sm text-fg" />
                  <Base.Description className="text-xs text-muted" />
                </div>
                <Base.Action className="h-6 shrink-0 rounded-md border border-line-strong px-2 text-xs text-accent hover:bg-hover" />
                <Base.Close render={<IconButton icon={X} label="Dismiss" size="sm" />} />
              </Base.Content>
            </Base.Root>
          );
        })}
      </Base.Viewport>
    </Base.Portal>
  );
}
