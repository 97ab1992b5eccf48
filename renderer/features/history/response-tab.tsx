import { FileText, WrapText } from 'lucide-react';
import { errorText, getApi } from '../../host/api.ts';
import { useSettings } from '../../host/settings.ts';
import { usePersisted } from '../../host/ui-state.ts';
import { ModelOutput, type OutputView } from '../../stream/model-output.tsx';
import type { Pane } from '../../stream/pane.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

const text = messages.detail;

/** The answer, drawn by the same component that draws it while it streams. */
export function ResponseTab({ pane }: { pane: Pane }) {
  const preferred = useSettings()['output.view'];
  const [view, setView] = usePersisted<OutputView>('history.view', preferred);
  const [wrap, setWrap] = usePersisted('history.wrap', true);
  if (pane.chars === 0) return <p className="p-3 text-sm text-muted">{text.noAnswer}</p>;
  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <div className="absolute top-1 right-3 z-10 flex gap-0.5 rounded-md bg-panel">
        <IconButton
          size="sm"
          icon={FileText}
          label={text.plain}
          pressed={view === 'text'}
          onClick={() => setView(view === 'text' ? 'markdown' : 'text')}
        />
        {view === 'text' && (
          <IconButton
            size="sm"
            icon={WrapText}
            label={text.wrap}
            pressed={wrap}
            onClick={() => setWrap(!wrap)}
          />
        )}
      </div>
      <ModelOutput
        pane={pane}
        view={view}
        wrap={wrap}
        label={text.response}
        className="min-h-0 flex-1"
        onOpenLink={(url) => {
          getApi()
            ['app.openLink']({ url })
            .catch((error: unknown) => toast({ title: errorText(error), tone: 'danger' }));
        }}
      />
    </div>
  );
}
