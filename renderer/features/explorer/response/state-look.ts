// How a phase or an end looks: one icon, one tone, with its word beside it or for screen readers.
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleSlash,
  type LucideIcon,
  RotateCw,
  Scissors,
} from 'lucide-react';
import type { RequestState } from '../../../../preload/contract/requests.ts';
import type { Phase } from '../../../stream/pane.ts';

type Look = readonly [icon: LucideIcon, tone: string];
type Shown = Exclude<Phase, 'ended'> | RequestState;

const LOOK: Record<Shown, Look> = {
  idle: [CircleDashed, 'text-subtle'],
  sending: [CircleDashed, 'text-accent'],
  waiting: [CircleDashed, 'text-accent'],
  streaming: [CircleDot, 'text-success'],
  retrying: [RotateCw, 'text-warn'],
  complete: [CircleCheck, 'text-success'],
  truncated: [Scissors, 'text-warn'],
  error: [CircleAlert, 'text-danger'],
  cancelled: [CircleSlash, 'text-muted'],
  interrupted: [CircleSlash, 'text-warn'],
};

export const stateLook = (state: Phase | RequestState): Look =>
  state === 'ended' ? LOOK.complete : LOOK[state];

/** The colour of an HTTP status; `null`: none came. */
export function statusTone(status: number | null): string {
  if (status === null) return 'text-danger';
  if (status < 300) return 'text-success';
  return status === 429 || (status >= 300 && status < 400) ? 'text-warn' : 'text-danger';
}
