// What can be done while a request waits to be tried again, and how long that will be.
import { getApi } from '../../../host/api.ts';
import type { Attempt, Pane } from '../../../stream/pane.ts';
import { Button } from '../../../ui/button.tsx';
import { stopRun } from '../explorer-store.ts';
import { messages } from '../messages.ts';
import { useElapsed } from './use-elapsed.ts';

/** `id`: the request's, once core has said it. */
export function WaitActions({ tabId, id }: { tabId: string; id: string | null }) {
  const sendNow = () => {
    // Too late is no failure: then the next try is under way.
    if (id)
      getApi()
        ['requests.skipWait']({ id })
        .catch(() => {});
  };
  return (
    <>
      <Button size="sm" onClick={sendNow}>
        {messages.sendNow}
      </Button>
      <Button size="sm" onClick={() => stopRun(tabId)}>
        {messages.stop}
      </Button>
    </>
  );
}

/** Not announced: a number that changes ten times a second would be read out ten times a second. */
export function Countdown({ pane, wait }: { pane: Pane; wait: NonNullable<Attempt['wait']> }) {
  const left = Math.max(0, wait.t + wait.ms - useElapsed(pane));
  return (
    <span aria-hidden="true">
      {messages.nextTry(Math.ceil(left / 100) * 100)}, {messages.by[wait.reason.source]}.
    </span>
  );
}
