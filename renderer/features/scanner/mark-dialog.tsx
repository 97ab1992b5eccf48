import { type ReactNode, useState } from 'react';
import type { FindingRow } from '../../../preload/contract/scanner.ts';
import { useAction } from '../../host/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { messages } from './messages.ts';
import { type MarkChoice, markFindings } from './scanner-actions.ts';

const text = messages.mark;
const KINDS = ['false-alarm', 'accepted'] as const;
const SCOPES = ['repository', 'everywhere'] as const;

/** Why a finding is no longer open: said once, kept with it. */
export function MarkDialog({ findings, onClose }: { findings: readonly FindingRow[]; onClose: () => void }) {
  const [choice, setChoice] = useState<MarkChoice>({ kind: 'false-alarm', scope: 'repository', reason: '' });
  const { busy, error, run } = useAction(async () => {
    await markFindings(findings, choice);
    onClose();
  });
  const set = (part: Partial<MarkChoice>) => setChoice((old) => ({ ...old, ...part }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title(findings.length)}
      description={text.text}
      footer={
        <>
          {error && (
            <p role="alert" className="mr-auto text-sm text-danger">
              {error}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={busy} onClick={() => void run()}>
            {text.confirm}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Group label={text.kind}>
          <RadioGroup
            aria-label={text.kind}
            value={choice.kind}
            onChange={(kind) => set({ kind })}
            options={KINDS.map((value) => ({
              value,
              label: messages.marks[value],
              help: text.kindHelp[value],
            }))}
          />
        </Group>
        <Group label={text.scope}>
          <RadioGroup
            aria-label={text.scope}
            layout="row"
            value={choice.scope}
            onChange={(scope) => set({ scope })}
            options={SCOPES.map((value) => ({ value, label: text.scopes[value] }))}
          />
        </Group>
        <Field label={text.reason} help={text.reasonHelp}>
          <TextField value={choice.reason} onChange={(reason) => set({ reason })} maxLength={500} />
        </Field>
      </form>
    </Dialog>
  );
}

/** Not a `Field`: that would give its own label to every radio button in it. */
function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <p aria-hidden="true" className="text-sm text-fg">
        {label}
      </p>
      {children}
    </div>
  );
}
