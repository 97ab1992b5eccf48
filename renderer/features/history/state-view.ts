// How the end of a request looks: one icon, one word, one tone. Colour never stands alone.
import { CircleCheck, CircleSlash, CircleX, Loader, type LucideIcon, Scissors, Unplug } from 'lucide-react';
import type { RequestState } from '../../../preload/contract/requests.ts';
import { messages } from './messages.ts';

export interface StateView {
  icon: LucideIcon;
  /** Short enough for a cell: the status number of an answer that came in whole, else the state. */
  label: string;
  tone: 'success' | 'warn' | 'danger' | 'info' | 'muted';
  /** One sentence. */
  detail: string;
}

const LOOKS: Record<RequestState, Pick<StateView, 'icon' | 'tone'>> = {
  complete: { icon: CircleCheck, tone: 'success' },
  truncated: { icon: Scissors, tone: 'warn' },
  error: { icon: CircleX, tone: 'danger' },
  cancelled: { icon: CircleSlash, tone: 'muted' },
  interrupted: { icon: Unplug, tone: 'warn' },
  streaming: { icon: Loader, tone: 'info' },
};

export function stateView({ state, status }: { state: RequestState; status: number | null }): StateView {
  const word = messages.states[state];
  // A request that failed after a good status (a broken stream, say) is not "Failed 200".
  const label =
    state === 'complete' && status !== null
      ? String(status)
      : state === 'error' && status !== null && status >= 400
        ? `${word} ${status}`
        : word;
  return { ...LOOKS[state], label, detail: messages.stateDetail[state] };
}
