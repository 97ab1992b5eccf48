import { useState } from 'react';
import { errorText, getApi } from '../../host/api.ts';
import { useAppStatus } from '../../host/status.ts';
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
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const clear = async () => {
    setBusy(true);
    try {
      const { deleted } = await getApi()['history.deleteAll']({});
      toast({ title: text.done(deleted) });
      setAsking(false);
    } catch (failure) {
      setError(errorText(failure));
    } finally {
      setBusy(false);
    }
  };
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
            setError(null);
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
        onConfirm={() => void clear()}
        busy={busy}
        error={error}
      />
    </>
  );
}
