// The body of the answer, from history: JSON indented, a stream as the list of its events, or just as it came.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { errorText, getApi } from '../../../host/api.ts';
import { queryClient } from '../../../host/queries.ts';
import { usePersisted } from '../../../host/ui-state.ts';
import { CodeText } from '../../../stream/code-text.tsx';
import type { Pane } from '../../../stream/pane.ts';
import { Switch } from '../../../ui/switch.tsx';
import { messages } from '../messages.ts';
import { readableBody } from '../sse-json.ts';

export function BodyView({ pane }: { pane: Pane }) {
  const { id, end } = pane.facts;
  const [raw, setRaw] = usePersisted('explorer.rawBody', false);
  const { data, error } = useQuery(
    {
      queryKey: ['response-body', id],
      queryFn: ({ signal }) => readBody(id ?? '', signal),
      enabled: id !== null && end !== null,
      gcTime: 60_000,
    },
    queryClient,
  );
  const readable = useMemo(() => readableBody(data ?? ''), [data]);
  if (!end) return <Note text={messages.bodyWhenEnded} />;
  if (error) return <Note text={errorText(error)} />;
  if (id === null || data === '') return <Note text={messages.noBody} />;
  if (data === undefined) return <Note text={messages.loading} />;
  return (
    <div className="flex h-full flex-col">
      {readable.events && (
        <div className="flex items-center gap-3 border-b border-line px-3 text-xs text-muted">
          <span className="min-w-0 flex-1 truncate">{messages.bodyEvents}</span>
          <Switch checked={raw} onChange={setRaw} className="text-xs">
            {messages.rawBody}
          </Switch>
        </div>
      )}
      <CodeText
        text={raw && readable.events ? data : readable.text}
        json={readable.json && !(raw && readable.events)}
        label={messages.responseBody}
        className="min-h-0 flex-1 px-3 py-2"
      />
    </div>
  );
}

const Note = ({ text }: { text: string }) => <p className="p-3 text-sm text-subtle">{text}</p>;

async function readBody(id: string, signal: AbortSignal): Promise<string> {
  const pieces: string[] = [];
  for await (const { s } of getApi()['history.body']({ id, which: 'response' }, { signal })) pieces.push(s);
  return pieces.join('');
}
