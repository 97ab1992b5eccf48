import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';
import { usePortalContainer } from './portal.tsx';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, right-aligned: the safe one first, the primary one last. */
  footer?: ReactNode;
  children?: ReactNode;
  /** Where the focus goes when it opens; else the first field. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** `sm` 400, `md` 520, `lg` 720 px. */
  size?: 'sm' | 'md' | 'lg' | undefined;
  /** Pressing outside does nothing: for forms whose content would be lost. */
  keepOnOutsidePress?: boolean | undefined;
  className?: string | undefined;
}

const FIELDS = 'input:not([type=hidden],:disabled), textarea:not(:disabled), [role=combobox]';
const WIDTH = { sm: 'w-100', md: 'w-130', lg: 'w-180' };

/** A modal dialog. Focus moves in, stays in, and goes back to where it was. */
export function Dialog(props: DialogProps) {
  const {
    open,
    onClose,
    title,
    description,
    footer,
    children,
    initialFocus,
    size = 'md',
    keepOnOutsidePress,
    className,
  } = props;
  const container = usePortalContainer();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={keepOnOutsidePress}
      onOpenChange={(next) => next || onClose()}
    >
      <Base.Portal container={container}>
        <Base.Backdrop className="fade-120 fixed inset-0 z-40 bg-bg/60" />
        <Base.Popup
          ref={popup}
          // Without a field, the dialog itself: a focused Close button would open its tooltip and invite Enter.
          initialFocus={
            initialFocus ?? (() => popup.current?.querySelector<HTMLElement>(FIELDS) ?? popup.current)
          }
          data-modal=""
          className={cx(
            'fade-120 fixed top-[12vh] left-1/2 z-40 flex max-h-[80vh] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-lg border border-line-strong bg-raised shadow-float outline-none',
            WIDTH[size],
            className,
          )}
        >
          <header className="flex items-start gap-2 px-4 pt-3 pb-2">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-base font-semibold text-fg">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-0.5 text-sm text-muted">{description}</Base.Description>
              )}
            </div>
            <Base.Close render={<IconButton icon={X} label="Close" size="sm" />} />
          </header>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-4 py-2">{children}</div>}
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 px-4 pt-2 pb-4">{footer}</footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
