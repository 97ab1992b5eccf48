import { resetLayout } from '../../host/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import { RowShell } from './row-shell.tsx';

const text = messages.resetLayout;

export function AppearanceExtras() {
  return (
    <RowShell label={text.label} help={text.help}>
      <Button
        onClick={() => {
          const undo = resetLayout();
          toast({ title: text.done, action: { label: messages.undo, run: undo } });
        }}
      >
        {text.action}
      </Button>
    </RowShell>
  );
}
