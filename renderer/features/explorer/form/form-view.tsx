// The body as a form. The JSON text is the truth: the form reads it and writes it, and keeps nothing of its own.
import { ChevronRight, SlidersHorizontal, TriangleAlert } from 'lucide-react';
import type { Param } from '../../../../preload/contract/providers.ts';
import { usePersisted } from '../../../host/ui-state.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeView } from '../../../ui/code-view.tsx';
import { cx } from '../../../ui/cx.ts';
import { type JsonObject, printBody, readPath, writePath } from '../body-path.ts';
import { setDraft } from '../explorer-store.ts';
import { messages } from '../messages.ts';
import type { Tab } from '../tabs.ts';
import type { RequestView } from '../use-request.ts';
import { MessagesEditor } from './messages-editor.tsx';
import { ParamRow } from './param-row.tsx';

export interface FormViewProps {
  tab: Tab;
  request: RequestView;
  onEditBody: () => void;
  onGoToProblem: () => void;
}

export function FormView({ tab, request, onEditBody, onGoToProblem }: FormViewProps) {
  const { api, body, problem, draft } = request;
  if (!api) return <Notice text={messages.rawForm} action={messages.editBody} onAction={onEditBody} />;
  if (problem) {
    const text = messages.invalidJson(problem.line, problem.column, problem.message);
    return <Notice warn text={text} action={messages.goToProblem} onAction={onGoToProblem} />;
  }
  if (!body && draft.body !== '') {
    return <Notice warn text={messages.notAnObject} action={messages.editBody} onAction={onEditBody} />;
  }
  const set = (path: string, value: unknown) =>
    setDraft(tab.id, (old) => ({ ...old, body: printBody(writePath(bodyOf(old.body), path, value)) }));
  const rows = (params: readonly Param[]) =>
    params.map((param) => {
      const props = {
        param,
        value: readPath(body ?? {}, param.path),
        onChange: (next: unknown) => set(param.path, next),
      };
      if (param.kind === 'messages')
        return <MessagesEditor key={param.path} {...props} roles={api.roles} onEditBody={onEditBody} />;
      return <ParamRow key={param.path} {...props} draft={draft} />;
    });
  return (
    <div className="flex flex-col gap-3 p-3">
      {rows(api.params.filter((param) => !param.advanced))}
      <Advanced params={api.params.filter((param) => param.advanced)} body={body ?? {}}>
        {rows}
      </Advanced>
      <BodyPreview body={draft.body} />
    </div>
  );
}

// The body at the moment of the edit, not of the last render: two quick edits must both hold.
function bodyOf(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

interface NoticeProps {
  warn?: boolean;
  text: string;
  action: string;
  onAction: () => void;
}

function Notice({ warn, text, action, onAction }: NoticeProps) {
  return (
    <div className="flex flex-col items-start gap-3 p-4">
      <p
        className={cx('flex items-start gap-2 text-sm', warn ? 'text-fg' : 'text-muted')}
        role={warn ? 'status' : undefined}
      >
        {warn && <TriangleAlert size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />}
        {text}
      </p>
      <Button size="sm" onClick={onAction}>
        {action}
      </Button>
    </div>
  );
}

interface AdvancedProps {
  params: readonly Param[];
  body: JsonObject;
  children: (params: readonly Param[]) => React.ReactNode;
}

function Advanced({ params, body, children }: AdvancedProps) {
  const [open, setOpen] = usePersisted('explorer.advanced', false);
  if (params.length === 0) return null;
  const used = params.filter((param) => readPath(body, param.path) !== undefined);
  return (
    <div className="flex flex-col gap-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-mx-1 flex h-7 min-w-0 items-center gap-2 rounded-md px-1 text-sm text-muted hover:text-fg"
      >
        <ChevronRight size={14} aria-hidden="true" className={cx('shrink-0', open && 'rotate-90')} />
        <SlidersHorizontal size={14} aria-hidden="true" className="shrink-0" />
        <span>{messages.advanced}</span>
        {used.length > 0 && <span className="font-mono text-2xs text-accent">{used.length}</span>}
        <span className="truncate text-xs text-subtle">{params.map((param) => param.path).join(', ')}</span>
      </button>
      {open && children(params)}
    </div>
  );
}

function BodyPreview({ body }: { body: string }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line-strong">
      <div className="flex items-baseline gap-2 border-b border-line bg-raised px-2 py-1">
        <h3 className="text-xs font-semibold">{messages.bodyPreview}</h3>
        <span className="text-xs text-subtle">{messages.bodyPreviewHint}</span>
      </div>
      <CodeView value={body} label={messages.bodyPreview} maxHeight={204} />
    </div>
  );
}
