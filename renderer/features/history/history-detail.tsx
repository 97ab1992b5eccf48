import { ArrowUpRight, Send, Trash2 } from 'lucide-react';
import { useCallback } from 'react';
import { getApi } from '../../host/api.ts';
import { useNavigation } from '../../host/navigation.ts';
import { EventTimeline } from '../../stream/event-timeline.tsx';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { DetailStatus } from './detail-status.tsx';
import { ErrorBanner } from './error-banner.tsx';
import { HeadersTab } from './headers-tab.tsx';
import { askDelete, setTab, useHistoryView } from './history-view.ts';
import type { Entry } from './join-pages.ts';
import { messages } from './messages.ts';
import { reopen } from './reopen.ts';
import { RequestTab } from './request-tab.tsx';
import { ResponseTab } from './response-tab.tsx';
import { type Replay, useReplay } from './use-replay.ts';

const text = messages.detail;

/** One recorded request: what was sent, what came back, and when. */
export function HistoryDetail({ entry }: { entry: Entry }) {
  // A running request is read again when it has ended.
  const replay = useReplay(entry.id, `${entry.state} ${entry.total}`);
  const tab = useHistoryView((view) => view.tab);
  const head = replay?.pane.facts.attempts.at(-1)?.head;
  const tabs = [
    { id: 'request' as const, label: text.request, content: <RequestTab entry={entry} replay={replay} /> },
    {
      id: 'response' as const,
      label: text.response,
      content: whenRead(replay, ({ pane }) => <ResponseTab pane={pane} />),
    },
    {
      id: 'events' as const,
      label: text.events,
      count: replay?.done ? replay.pane.events.length : undefined,
      content: whenRead(replay, ({ pane }) => <EventsTab id={entry.id} pane={pane} />),
    },
    {
      id: 'headers' as const,
      label: text.headers,
      count: replay?.done ? (head?.headers.length ?? 0) : undefined,
      content: whenRead(replay, ({ pane }) => <HeadersTab attempts={pane.facts.attempts} />),
    },
  ];
  return (
    <div className="flex h-full min-h-0 flex-col">
      {replay?.done && replay.pane.facts.end?.error && <ErrorBanner error={replay.pane.facts.end.error} />}
      <Tabs
        value={tab}
        onChange={setTab}
        tabs={tabs}
        label={text.label}
        trailing={<Actions entry={entry} />}
        below={<DetailStatus entry={entry} />}
        className="min-h-0 flex-1"
        panelClassName="overflow-hidden"
      />
    </div>
  );
}

function Actions({ entry }: { entry: Entry }) {
  const navigation = useNavigation();
  return (
    <>
      <Button
        size="sm"
        icon={ArrowUpRight}
        kbd="Enter"
        title={text.open}
        onClick={() => void reopen(navigation, entry.id)}
      >
        <span className="hidden lg:inline">{text.open}</span>
        <span className="lg:hidden">{text.openShort}</span>
      </Button>
      <Button size="sm" variant="ghost" icon={Send} onClick={() => void reopen(navigation, entry.id, true)}>
        {text.again}
      </Button>
      <IconButton
        size="sm"
        icon={Trash2}
        label={text.remove}
        kbd="Delete"
        onClick={() => askDelete({ id: entry.id, name: entry.name })}
      />
    </>
  );
}

function EventsTab({ id, pane }: { id: string; pane: Replay['pane'] }) {
  const loadData = useCallback(
    (index: number, signal: AbortSignal) => getApi()['history.eventData']({ id, index }, { signal }),
    [id],
  );
  if (pane.events.length === 0) return <p className="p-3 text-sm text-muted">{text.noEvents}</p>;
  return <EventTimeline pane={pane} loadData={loadData} onCopy={copyText} />;
}

/** Tabs are drawn from a whole recording only; half of one would be taken for all of it. */
function whenRead(replay: Replay | null, draw: (replay: Replay) => React.ReactNode) {
  if (replay?.done) return draw(replay);
  return <Spinner label={text.loading} showLabel className="p-3" />;
}
