import { useState } from 'react';
import { getApi } from '../../host/api.ts';
import { useAppStatus } from '../../host/status.ts';
import { useAction } from '../../host/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import { RowShell } from './row-shell.tsx';

const text = messages.history;

/** Where the history lies, and its end. */
export function HistoryExtras() {
  const database = useAppStatus()?.database;
  const [asking, setAsking] = useState(false);
  const clear = useAction(async () => {
    const { deleted } = await getApi()['history.deleteAll']({});
    toast({ title: text.done(deleted) });
    setAsking(false);
  });
  return (
    <>
      {database && (
        <RowShell
          label={text.fileLabel}
          help={database.state === 'ok' ? text.fileHelp : `${database.problem} ${database.remedy}`}
        >
          <code className="min-w-0 font-mono text-xs break-all text-muted select-text">{database.path}</code>
          <StatusDot tone={database.state === 'ok' ? 'ok' : 'danger'} className="text-xs">
            {text.database[database.state]}
          </StatusDot>
        </RowShell>
      )}
      <RowShell label={text.clearLabel} help={text.clearHelp}>
        <Button
          variant="danger"
          onClick={() => {
            clear.reset();
            setAsking(true);
          }}
        >
          {text.clear}
        </Button>
      </RowShell>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.confirmTitle}
        description={text.confirmText}
        confirm={text.confirm}
        onConfirm={() => void clear.run()}
        busy={clear.busy}
        error={clear.error}
      />
    </>
  );
}
