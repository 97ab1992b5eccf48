// Full data of one event beside the list. Core holds it; the window only ever had its first 200 characters.
import { Copy, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { formatBytes, formatMs } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { CodeText } from './code-text.tsx';
import type { EventRow } from './event-columns.ts';
import { messages } from './messages.ts';

export interface EventData {
  event: string;
  data: string;
  truncated: boolean;
}

export interface EventDetailProps {
  row: EventRow;
  loadData: (index: number, signal: AbortSignal) => Promise<EventData>;
  onCopy: (text: string) => void;
  onClose: () => void;
}

type Loaded = { index: number; data: EventData | null; problem: string | null };

/** A quick walk through the list asks only for the row it rests on. */
const SETTLE_MS = 80;

export function EventDetail({ row, loadData, onCopy, onClose }: EventDetailProps) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const { index } = row;
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      loadData(index, abort.signal).then(
        (data) => setLoaded({ index, data, problem: null }),
        (error: unknown) => {
          if (!abort.signal.aborted) setLoaded({ index, data: null, problem: sentence(error) });
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [index, loadData]);

  const current = loaded?.index === index ? loaded : null;
  const pretty = useMemo(() => prettyJson(current?.data?.data ?? ''), [current]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere inside closes it
    <div
      className="flex min-h-0 w-1/2 min-w-0 flex-col border-l border-line"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="flex h-6 shrink-0 items-center gap-2 border-b border-line pr-1 pl-3 font-mono text-2xs">
        <span className="truncate text-fg">
          #{row.index} {row.name || 'message'}
        </span>
        <span className="truncate text-subtle">
          {formatMs(row.t)} · {formatBytes(row.size)}
        </span>
        <span className="ml-auto flex">
          <IconButton
            icon={Copy}
            size="sm"
            label={messages.copyEvent}
            onClick={() => onCopy(current?.data?.data ?? row.preview)}
          />
          <IconButton icon={X} size="sm" label={messages.closeEvent} onClick={onClose} />
        </span>
      </div>
      {current?.problem && <p className="px-3 py-2 text-xs text-danger">{current.problem}</p>}
      {current?.data?.truncated && <p className="px-3 pt-2 text-xs text-warn">{messages.eventCut}</p>}
      <CodeText
        text={current?.data ? pretty.text : row.preview}
        json={pretty.json}
        label={messages.eventData(row.index)}
        className="min-h-0 flex-1 px-3 py-2"
      />
    </div>
  );
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function prettyJson(data: string): { text: string; json: boolean } {
  try {
    return { text: JSON.stringify(JSON.parse(data), null, 2), json: true };
  } catch {
    return { text: data, json: false };
  }
}
