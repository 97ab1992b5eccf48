import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** Puts text on the clipboard and says so. */
export function copyText(text: string, title: string = messages.copied): void {
  navigator.clipboard.writeText(text).then(
    () => toast({ title, timeout: 2500 }),
    () => toast({ title: messages.copyFailed, tone: 'danger' }),
  );
}
