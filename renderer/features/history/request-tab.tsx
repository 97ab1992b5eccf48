import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { errorText, getApi } from '../../host/api.ts';
import { queryClient } from '../../host/queries.ts';
import { CodeText } from '../../stream/code-text.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { Entry } from './join-pages.ts';
import { messages } from './messages.ts';
import type { Replay } from './use-replay.ts';

const text = messages.detail;
/** More than that is not for reading; opening it in the Explorer still has all of it. */
const MAX_CHARS = 2_000_000;

/** The target and the body that left. Credentials in either are already the key's alias. */
export function RequestTab({ entry, replay }: { entry: Entry; replay: Replay | null }) {
  const body = useRequestBody(entry.id);
  const sent = replay?.pane.facts.attempts.at(-1)?.sent;
  const pretty = useMemo(() => prettyJson(body.data ?? ''), [body.data]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      {sent && (
        <p className="flex shrink-0 gap-2 border-b border-line px-3 py-1.5 font-mono text-xs select-text">
          <span className="shrink-0 font-medium text-success">{sent.method}</span>
          <span className="min-w-0 break-all text-fg">{sent.url}</span>
        </p>
      )}
      {replay?.done && !sent && <p className="px-3 pt-2 text-sm text-muted">{text.noAttempt}</p>}
      {body.isPending && <Spinner label={text.loading} showLabel className="p-3" />}
      {body.error && <p className="p-3 text-sm text-danger">{errorText(body.error)}</p>}
      {body.data === '' && <p className="p-3 text-sm text-muted">{text.noBody}</p>}
      {body.data && (
        <CodeText
          text={pretty.text}
          json={pretty.json}
          label={text.body}
          className="min-h-0 flex-1 px-3 py-2"
        />
      )}
    </div>
  );
}

function useRequestBody(id: string) {
  return useQuery(
    {
      // Not under ['history']: what left can never change, so a new request elsewhere need not read it again.
      queryKey: ['request-body', id],
      queryFn: async ({ signal }) => {
        let body = '';
        for await (const { s } of getApi()['history.body']({ id, which: 'request' }, { signal })) {
          body += s;
          if (body.length > MAX_CHARS) break;
        }
        return body;
      },
      gcTime: 60_000,
    },
    queryClient,
  );
}

function prettyJson(body: string): { text: string; json: boolean } {
  try {
    return { text: JSON.stringify(JSON.parse(body), null, 2), json: true };
  } catch {
    return { text: body, json: false };
  }
}
