import type { StateView, Tone } from './key-state.ts';

const TONES: Record<Tone, string> = {
  success: 'text-success',
  warn: 'text-warn',
  danger: 'text-danger',
  info: 'text-info',
  muted: 'text-muted',
};

/** Icon and word in one tone. The sentence behind it is the tooltip here and plain text in the details. */
export function StateCell({ view }: { view: StateView }) {
  const Icon = view.icon;
  return (
    <span className={`flex min-w-0 items-center gap-1.5 ${TONES[view.tone]}`} title={view.detail}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{view.label}</span>
    </span>
  );
}
