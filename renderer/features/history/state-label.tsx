import type { RequestState } from '../../../preload/contract/requests.ts';
import { type StateView, stateView } from './state-view.ts';

const TONES: Record<StateView['tone'], string> = {
  success: 'text-success',
  warn: 'text-warn',
  danger: 'text-danger',
  info: 'text-info',
  muted: 'text-muted',
};

/** Icon and word of how a request ended; its sentence is the tooltip. */
export function StateLabel({ state, status }: { state: RequestState; status: number | null }) {
  const { icon: Icon, label, tone, detail } = stateView({ state, status });
  return (
    <span className={`flex min-w-0 items-center gap-1.5 ${TONES[tone]}`} title={detail}>
      <Icon size={14} aria-hidden="true" className="shrink-0" />
      <span className="truncate">{label}</span>
    </span>
  );
}
