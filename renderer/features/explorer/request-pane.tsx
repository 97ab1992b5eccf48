// The left half: the request as form, JSON, headers and as it would stand on the wire.
import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import { usePersisted } from '../../host/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { CodeView, type CodeViewHandle } from '../../ui/code-view.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { lazyPart } from '../../ui/lazy-screen.ts';
import { Pane } from '../../ui/pane.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { setDraft } from './explorer-store.ts';
import { FormView } from './form/form-view.tsx';
import { messages } from './messages.ts';
import type { Tab } from './tabs.ts';
import type { RequestView } from './use-request.ts';

const HeadersEditor = lazyPart(async () => (await import('./headers-editor.tsx')).HeadersEditor);
const RawHttpView = lazyPart(async () => (await import('./raw-http-view.tsx')).RawHttpView);

type View = 'form' | 'json' | 'headers' | 'raw';

export function RequestPane({ tab, request }: { tab: Tab; request: RequestView }) {
  const [view, setView] = usePersisted<View>('explorer.request', 'form');
  const editor = useRef<CodeViewHandle>(null);
  const { draft, problem } = request;
  const goToProblem = () => {
    setView('json');
    // The editor is mounted by the change of view.
    setTimeout(() => problem && editor.current?.goTo(problem.offset), 60);
  };
  const extra = draft.headers.length + draft.query.length;
  return (
    <Pane label={messages.request} className="@container flex flex-1 flex-col">
      <Tabs<View>
        label={messages.request}
        value={view}
        onChange={setView}
        className="flex-1"
        trailing={
          <>
            <Validity request={request} onGo={goToProblem} />
            <IconButton
              icon={Copy}
              size="sm"
              label={messages.copyBody}
              onClick={() => copyText(draft.body)}
            />
          </>
        }
        tabs={[
          {
            id: 'form',
            label: messages.form,
            content: (
              <FormView
                tab={tab}
                request={request}
                onEditBody={() => setView('json')}
                onGoToProblem={goToProblem}
              />
            ),
          },
          {
            id: 'json',
            label: messages.json,
            content: (
              <CodeView
                ref={editor}
                value={draft.body}
                onChange={(body) => setDraft(tab.id, (old) => ({ ...old, body }))}
                label={messages.body}
                placeholder={messages.bodyPlaceholder}
                lint={!request.raw}
              />
            ),
          },
          {
            id: 'headers',
            label: messages.headers,
            ...(extra > 0 ? { count: extra } : {}),
            content: <HeadersEditor tab={tab} />,
          },
          { id: 'raw', label: messages.rawHttp, content: <RawHttpView draft={draft} /> },
        ]}
      />
    </Pane>
  );
}

function Validity({ request, onGo }: { request: RequestView; onGo: () => void }) {
  const { problem, missing, raw, body } = request;
  if (raw) return null;
  if (problem) {
    return (
      <Button variant="ghost" size="sm" icon={TriangleAlert} onClick={onGo} className="text-danger!">
        <span className="@max-[420px]:sr-only">{messages.invalidAt(problem.line, problem.column)}</span>
      </Button>
    );
  }
  if (!body || missing.length > 0) {
    return (
      <span className="flex min-w-0 items-center gap-1 text-xs text-warn">
        <TriangleAlert size={13} aria-hidden="true" className="shrink-0" />
        <span className="truncate @max-[390px]:sr-only">
          {body ? messages.missing(missing) : messages.missing([messages.body])}
        </span>
      </span>
    );
  }
  return (
    <span className="flex items-center gap-1 text-xs text-success">
      <Check size={13} aria-hidden="true" />
      <span className="@max-[390px]:sr-only">{messages.valid}</span>
    </span>
  );
}
