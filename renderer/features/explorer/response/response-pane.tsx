// The right half: the answer as it comes, and everything that is known of it.
import { Copy, Pilcrow, TextWrap } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { getApi } from '../../../host/api.ts';
import { setSetting, useSettings } from '../../../host/settings.ts';
import { usePersisted } from '../../../host/ui-state.ts';
import { useTimelineShown } from '../../../host/view.ts';
import { EventTimeline } from '../../../stream/event-timeline.tsx';
import type { Pane as Store } from '../../../stream/pane.ts';
import { usePane } from '../../../stream/use-pane.ts';
import { copyText } from '../../../ui/copy-text.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { lazyPart } from '../../../ui/lazy-screen.ts';
import { Pane } from '../../../ui/pane.tsx';
import { SplitPane } from '../../../ui/split-pane.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { showStored, useExplorer } from '../explorer-store.ts';
import { messages } from '../messages.ts';
import type { Tab } from '../tabs.ts';
import { EndBanner } from './end-banner.tsx';
import { OutputView } from './output-view.tsx';
import { StatusLine } from './status-line.tsx';

const BodyView = lazyPart(async () => (await import('./body-view.tsx')).BodyView);
const HeadersView = lazyPart(async () => (await import('./headers-view.tsx')).HeadersView);
const AttemptsView = lazyPart(async () => (await import('./attempts-view.tsx')).AttemptsView);

export function ResponsePane({ tab }: { tab: Tab }) {
  const pane = useExplorer((state) => state.shown[tab.id]?.pane ?? null);
  const [timeline] = useTimelineShown();

  // A tab from last time: its response is in history.
  useEffect(() => {
    if (!pane && tab.shown) showStored(tab.id, tab.shown);
  }, [pane, tab.id, tab.shown]);

  const answer = (
    <Pane label={messages.response} className="flex flex-1 flex-col">
      {pane ? <Answer tab={tab} pane={pane} /> : <Nothing tab={tab} />}
    </Pane>
  );
  if (!pane || !timeline) return answer;
  const events = {
    id: 'timeline',
    size: '46%',
    min: 120,
    content: (
      <Pane label={messages.timelineLabel} className="flex-1">
        <Timeline pane={pane} />
      </Pane>
    ),
  };
  return (
    <SplitPane
      id="explorer.response"
      orientation="vertical"
      panes={[{ id: 'answer', min: 140, content: answer }, events]}
      className="min-h-0 flex-1"
    />
  );
}

type View = 'output' | 'json' | 'headers' | 'attempts';

function Answer({ tab, pane }: { tab: Tab; pane: Store }) {
  const [view, setView] = usePersisted<View>('explorer.answer', 'output');
  const [wrap, setWrap] = usePersisted('explorer.wrap', true);
  const output = useSettings()['output.view'];
  const attempts = useAttempts(pane);
  const headers = attempts.at(-1)?.head?.headers.length;
  return (
    <>
      <EndBanner tabId={tab.id} pane={pane} />
      <Tabs<View>
        label={messages.response}
        value={view}
        onChange={setView}
        className="flex-1"
        panelClassName="overflow-auto"
        below={<StatusLine tab={tab} pane={pane} />}
        trailing={
          <>
            <IconButton
              icon={Pilcrow}
              size="sm"
              label={output === 'markdown' ? messages.plainText : messages.markdown}
              pressed={output === 'text'}
              onClick={() =>
                void setSetting('output.view', output === 'markdown' ? 'text' : 'markdown').catch(() => {})
              }
            />
            <IconButton
              icon={TextWrap}
              size="sm"
              label={messages.wrap}
              pressed={wrap}
              onClick={() => setWrap(!wrap)}
            />
            <IconButton
              icon={Copy}
              size="sm"
              label={messages.copyOutput}
              onClick={() => copyText(pane.text('text') || pane.text())}
            />
          </>
        }
        tabs={[
          {
            id: 'output',
            label: messages.output,
            content: <OutputView pane={pane} view={output} wrap={wrap} />,
            keepMounted: true,
          },
          { id: 'json', label: messages.json, content: <BodyView pane={pane} /> },
          {
            id: 'headers',
            label: messages.headers,
            ...(headers === undefined ? {} : { count: headers }),
            content: <HeadersView attempts={attempts} />,
          },
          {
            id: 'attempts',
            label: messages.attempts,
            ...(attempts.length > 1 ? { count: attempts.length } : {}),
            content: <AttemptsView tabId={tab.id} pane={pane} />,
          },
        ]}
      />
    </>
  );
}

const useAttempts = (pane: Store) => usePane(pane).facts.attempts;

function Timeline({ pane }: { pane: Store }) {
  const loadData = useCallback(
    async (index: number, signal: AbortSignal) => {
      const { id } = pane.facts;
      return getApi()['history.eventData']({ id: id ?? '', index }, { signal });
    },
    [pane],
  );
  return <EventTimeline pane={pane} loadData={loadData} onCopy={copyText} />;
}

function Nothing({ tab }: { tab: Tab }) {
  return (
    <>
      {tab.runs.length > 0 && <StatusLine tab={tab} pane={null} />}
      <EmptyState
        title={messages.emptyResponse}
        text={messages.emptyResponseText}
        shortcuts={[
          { keys: '$mod+Enter', label: messages.send },
          { keys: '$mod+KeyL', label: messages.focusUrl },
          { keys: '$mod+KeyT', label: messages.newRequest },
          { keys: '$mod+KeyK', label: messages.searchAll },
        ]}
        className="flex-1"
      />
    </>
  );
}
