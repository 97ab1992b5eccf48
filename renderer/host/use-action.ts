import { useState } from 'react';
import { errorText } from './api.ts';

export interface Action {
  busy: boolean;
  /** What to show if it failed; `null` while it runs and before. */
  error: string | null;
  /** Does it, unless it is being done. Never rejects. */
  run: () => Promise<void>;
  /** Forgets the error. */
  reset: () => void;
}

/** One thing that core does on a person's word, as a button or a dialog needs to know it. */
export function useAction(act: () => Promise<unknown>): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    busy,
    error,
    run: async () => {
      if (busy) return;
      setBusy(true);
      setError(null);
      try {
        await act();
      } catch (failure) {
        setError(errorText(failure));
      } finally {
        setBusy(false);
      }
    },
    reset: () => setError(null),
  };
}
