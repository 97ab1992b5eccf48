import { useSyncExternalStore } from 'react';
import { formatAgo, formatDateTime } from './format.ts';

// One timer for all of them, running only while one is on screen.
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  now = Date.now();
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const one of listeners) one();
  }, 15_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Epoch ms, fresh to 15 s; the component renders again as it moves. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

export interface RelativeTimeProps {
  /** Epoch ms; `null` shows `–`. */
  at: number | null;
  className?: string | undefined;
}

/** `4m` with the full date as its title. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const current = useNow();
  if (at === null) return <span className={className}>–</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)} className={className}>
      {formatAgo(at, Math.max(at, current))}
    </time>
  );
}
