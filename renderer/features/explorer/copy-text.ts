import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** Puts text on the clipboard and says so. */
export function copyText(text: string, title: string = messages.copied): void {
  const failed = () => void toast({ title: messages.copyFailed, tone: 'danger' });
  // Absent on pages that are neither https nor loopback.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard) clipboard.writeText(text).then(() => void toast({ title, timeout: 2500 }), failed);
  else failed();
}
