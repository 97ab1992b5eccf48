import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, type LucideIcon, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { IconButton } from './icon-button.tsx';
import { usePortalContainer } from './portal.tsx';
import type { ToastOptions } from './toast.tsx';

const manager = Base.createToastManager();
const ICON: Record<string, LucideIcon> = { success: CircleCheck, warn: TriangleAlert, danger: CircleAlert };
const COLOR: Record<string, string> = { success: 'text-success', warn: 'text-warn', danger: 'text-danger' };

// A message given to the manager before its provider listens would be lost.
const listening = Promise.withResolvers<void>();

/** Resolves with what takes the message away. */
export async function showToast(options: ToastOptions): Promise<() => void> {
  const { title, description, tone = 'success', action, timeout = 6000 } = options;
  await listening.promise;
  const id = manager.add({
    title,
    description,
    type: tone,
    timeout,
    // Never 'high': such a toast is hidden from assistive technology while its buttons can still be focused.
    priority: 'low',
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

/** Draws what the manager holds. */
export function ToastLayer() {
  // Effects of children run first: the provider listens by now.
  useEffect(() => listening.resolve(), []);
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Viewport />
    </Base.Provider>
  );
}

function Viewport() {
  const container = usePortalContainer();
  const { toasts } = Base.useToastManager();
  return (
    <Base.Portal container={container}>
      <Base.Viewport
        // A stop of F6 while there is something to read or to press.
        data-pane={toasts.length > 0 ? '' : undefined}
        className="fixed right-4 bottom-10 z-50 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2"
      >
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
