import { Dialog } from '../ui/dialog.tsx';
import { ShortcutList } from '../ui/shortcut-list.tsx';
import { messages } from './messages.ts';

/** What `?` shows. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={messages.sheet.title}
      description={messages.sheet.text}
      size="lg"
    >
      <ShortcutList />
    </Dialog>
  );
}
