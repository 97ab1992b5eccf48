import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { answerHeld, useExplorer } from './explorer-store.ts';
import { messages } from './messages.ts';

/** Asks before a prompt leaves that holds a stored key. Which one, core has said; the window never knows keys. */
export function KnownKeyDialog() {
  const held = useExplorer((state) => state.held);
  return (
    held && (
      <ConfirmDialog
        open
        onClose={() => answerHeld(false)}
        title={held.sentence}
        description={messages.heldText}
        cancel={messages.heldKeep}
        confirm={messages.heldSend}
        onConfirm={() => answerHeld(true)}
      />
    )
  );
}
