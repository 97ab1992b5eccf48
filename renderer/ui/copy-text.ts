import { toast } from './toast.tsx';

/** Puts text on the clipboard and says so. */
export function copyText(text: string, title = 'Copied'): void {
  const failed = () =>
    void toast({
      title: 'The clipboard could not be written. Select the text and copy it.',
      tone: 'danger',
    });
  // Absent on pages that are neither https nor loopback.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard) clipboard.writeText(text).then(() => void toast({ title, timeout: 2500 }), failed);
  else failed();
}
