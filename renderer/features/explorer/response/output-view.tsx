import { errorText, getApi } from '../../../host/api.ts';
import { ModelOutput, type OutputView as View } from '../../../stream/model-output.tsx';
import type { Pane } from '../../../stream/pane.ts';
import { usePane } from '../../../stream/use-pane.ts';
import { toast } from '../../../ui/toast.tsx';
import { messages } from '../messages.ts';

export interface OutputViewProps {
  pane: Pane;
  view: View;
  wrap: boolean;
}

/** The text of the answer, or one line that says why there is none (yet). */
export function OutputView({ pane, view, wrap }: OutputViewProps) {
  return (
    <div className="relative flex h-full flex-col">
      <ModelOutput pane={pane} view={view} wrap={wrap} onOpenLink={openLink} className="flex-1" />
      <NoText pane={pane} />
    </div>
  );
}

function NoText({ pane }: { pane: Pane }) {
  usePane(pane);
  const { phase, end } = pane.facts;
  if (pane.chars > 0) return null;
  const ended = end && (end.state === 'complete' ? messages.noOutput : messages.noText);
  const text = phase === 'waiting' ? messages.waitingText : ended;
  return text && <p className="pointer-events-none absolute top-3 left-4 text-sm text-subtle">{text}</p>;
}

function openLink(url: string): void {
  getApi()
    ['app.openLink']({ url })
    .catch((error: unknown) => toast({ title: errorText(error), tone: 'danger' }));
}
