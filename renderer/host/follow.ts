// Streams of core that never end by themselves, read for as long as the window lives.
import { connectionStore } from './connection.ts';

/**
 * Gives `take` every event of the stream, opened again after each reconnection. `onAgain` runs before such a second
 * opening: what changed while nobody listened cannot be known.
 */
export function follow<T>(
  open: () => AsyncIterable<T>,
  take: (event: T) => void,
  onAgain?: () => void,
): void {
  let epoch = 0;
  const read = async (mine: number) => {
    try {
      for await (const event of open()) if (mine === epoch) take(event);
    } catch {
      // The connection was lost; its store says so and the next epoch reads again.
    }
  };
  const onEpoch = (next: number) => {
    if (next === epoch) return;
    epoch = next;
    if (next > 1) onAgain?.();
    void read(next);
  };
  onEpoch(connectionStore.getState().epoch);
  connectionStore.subscribe((state) => onEpoch(state.epoch));
}
