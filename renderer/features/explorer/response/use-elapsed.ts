import { useEffect, useState } from 'react';
import type { Pane } from '../../../stream/pane.ts';

const TICK_MS = 100;

/** Milliseconds since the request began, ticking each tenth of a second while it runs. */
export function useElapsed(pane: Pane): number {
  const { end } = pane.facts;
  const startedAt = end ? null : pane.startedAt;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (startedAt === null) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [startedAt]);
  if (end) return end.t;
  return startedAt === null ? pane.lastT : Math.max(0, now - startedAt);
}
