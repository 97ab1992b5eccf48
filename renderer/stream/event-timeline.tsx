// Every event of an answer: when it came, what it was, what it held.
import { ArrowDownToLine, Search } from 'lucide-react';
import { Suspense, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { usePaletteSource } from '../ui/commands.ts';
import { formatBytes } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { lazyPart } from '../ui/lazy-screen.ts';
import { TextField } from '../ui/text-field.tsx';
import { ArrivalStrip } from './arrival-strip.tsx';
import type { EventData } from './event-detail.tsx';
import { EventMatches, parseEventFilter } from './event-filter.ts';
import { EventList, type EventListHandle } from './event-list.tsx';
import { messages } from './messages.ts';
import type { Pane } from './pane.ts';
import { usePane } from './use-pane.ts';
import './stream.css';

const EventDetail = lazyPart(async () => (await import('./event-detail.tsx')).EventDetail);

export interface EventTimelineProps {
  pane: Pane;
  /** Full data of event `index`; core holds it. */
  loadData: (index: number, signal: AbortSignal) => Promise<EventData>;
  onCopy: (text: string) => void;
}

export function EventTimeline({ pane, loadData, onCopy }: EventTimelineProps) {
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState(-1);
  const [open, setOpen] = useState(false);
  const [follow, setFollow] = useState(true);
  const filter = useMemo(() => parseEventFilter(text), [text]);
  const matches = useMemo(() => new EventMatches(pane.events, filter), [pane, filter]);
  const list = useRef<EventListHandle>(null);
  usePaletteSource({
    id: 'events',
    prefix: ':',
    group: messages.eventsGroup,
    search: async (q) =>
      eventsFrom(pane, q).map(({ index, name, preview }) => ({
        id: String(index),
        title: `${index} ${name}`,
        hint: preview.slice(0, 80),
        run: () => {
          // The filter may hide the event: it goes first, so that positions are numbers again.
          flushSync(() => setText(''));
          list.current?.goTo(index);
        },
      })),
  });
  const row = cursor >= 0 ? matches.row(cursor) : -1;

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="@container flex h-9 shrink-0 items-center gap-2 border-b border-line pr-2 pl-3">
        <span className="shrink-0 text-sm font-semibold">{messages.timeline}</span>
        <Summary pane={pane} matches={matches} filtered={!filter.empty} />
        <TextField
          aria-label={messages.filter}
          placeholder={messages.filterHint}
          title={filter.problem ?? messages.filterHelp}
          icon={Search}
          mono
          invalid={filter.problem !== null}
          value={text}
          onChange={(next) => {
            setText(next);
            setCursor(-1);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || text === '') return;
            event.stopPropagation();
            setText('');
          }}
          className="ml-auto h-6 w-52 min-w-24 shrink-[3]"
        />
        <IconButton
          icon={ArrowDownToLine}
          size="sm"
          label={messages.follow}
          pressed={follow}
          onClick={() => setFollow(!follow)}
        />
      </div>
      {filter.problem && (
        <p role="status" className="border-b border-line px-3 py-1 text-xs text-warn">
          {filter.problem}
        </p>
      )}
      <ArrivalStrip pane={pane} />
      <div className="flex min-h-0 flex-1">
        <div className="relative flex min-h-0 min-w-0 flex-1">
          <NoRows pane={pane} matches={matches} />
          <EventList
            ref={list}
            pane={pane}
            matches={matches}
            cursor={cursor}
            onCursor={setCursor}
            onOpen={(position) => {
              setCursor(position);
              setOpen(true);
            }}
            follow={follow}
            onFollow={setFollow}
          />
        </div>
        {open && row >= 0 && (
          <Suspense>
            <EventDetail
              row={pane.events.row(row)}
              loadData={loadData}
              onCopy={onCopy}
              onClose={() => setOpen(false)}
            />
          </Suspense>
        )}
      </div>
    </div>
  );
}

const OFFERED = 12;

/** The event whose number is `q` and some that follow it; without a number from the first. */
function eventsFrom({ events }: Pane, q: string) {
  if (!/^\d*$/.test(q)) return [];
  const first = Number(q);
  const count = Math.max(0, Math.min(OFFERED, events.length - first));
  return Array.from({ length: count }, (_, n) => events.row(first + n));
}

function NoRows({ pane, matches }: { pane: Pane; matches: EventMatches }) {
  usePane(pane);
  if (matches.update() > 0) return null;
  const none = pane.ended ? messages.noneCame : messages.noEvents;
  const text = pane.events.length === 0 ? none : messages.noMatch;
  return <p className="pointer-events-none absolute top-7 left-3 text-xs text-subtle">{text}</p>;
}

function Summary({ pane, matches, filtered }: { pane: Pane; matches: EventMatches; filtered: boolean }) {
  usePane(pane);
  const count = pane.events.length;
  const parts = [filtered ? messages.found(matches.update(), count) : messages.events(count)];
  if (pane.dataChars > 0) parts.push(formatBytes(pane.dataChars));
  if (pane.maxGap) parts.push(messages.maxGap(pane.maxGap.to - pane.maxGap.from));
  return (
    <span className="hidden min-w-0 truncate font-mono text-2xs text-subtle @xs:inline">
      {parts.join(' · ')}
    </span>
  );
}
