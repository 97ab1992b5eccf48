import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** Puts text on the clipboard and says so. */
export function copyText(text: string): void {
  const failed = () => void toast({ title: messages.copy.failed, tone: 'danger' });
  // Absent on pages that are neither https nor loopback.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard)
    clipboard.writeText(text).then(() => void toast({ title: messages.copy.done, timeout: 2500 }), failed);
  else failed();
}
