// How a key's state looks: one icon, one word, one tone. Colour never stands alone.
import {
  CircleCheck,
  CircleDashed,
  CircleQuestionMark,
  CircleX,
  Hourglass,
  Lock,
  type LucideIcon,
  PlugZap,
  TriangleAlert,
} from 'lucide-react';
import type { CheckResult, KeyInfo } from '../../../preload/contract/keys.ts';
import { messages } from './messages.ts';

export type Tone = 'success' | 'warn' | 'danger' | 'info' | 'muted';

export interface StateView {
  icon: LucideIcon;
  /** Short enough for a table cell. */
  label: string;
  tone: Tone;
  /** One sentence. */
  detail: string;
}

const text = messages.state;

/** `busy` is true while a check of this key runs. */
export function keyStateView(
  key: Pick<KeyInfo, 'state' | 'stateText' | 'lastCheck'>,
  busy = false,
): StateView {
  if (busy) return { icon: Hourglass, label: text.checking, tone: 'info', detail: text.checkingDetail };
  switch (key.state) {
    case 'active':
      return key.lastCheck
        ? checkView(key.lastCheck)
        : { icon: CircleDashed, label: text.unchecked, tone: 'muted', detail: text.uncheckedDetail };
    case 'locked':
      return { icon: Lock, label: text.locked, tone: 'warn', detail: key.stateText };
    case 'missing':
      return { icon: CircleQuestionMark, label: text.missing, tone: 'danger', detail: key.stateText };
    case 'unavailable':
      return { icon: PlugZap, label: text.unavailable, tone: 'warn', detail: key.stateText };
    case 'pending':
      return { icon: Hourglass, label: text.pending, tone: 'info', detail: key.stateText };
    case 'deleting':
      return { icon: Hourglass, label: text.deleting, tone: 'info', detail: key.stateText };
    default:
      return assertNever(key.state);
  }
}

/** The outcome of the last check. The status number is part of the word: `Rejected 401`. */
export function checkView({ outcome, status, message }: CheckResult): StateView {
  const label = status === null || outcome === 'ok' ? text[outcome] : `${text[outcome]} ${status}`;
  switch (outcome) {
    case 'ok':
      return { icon: CircleCheck, label, tone: 'success', detail: message };
    case 'rejected':
    case 'forbidden':
      return { icon: CircleX, label, tone: 'danger', detail: message };
    case 'limited':
    case 'unreachable':
    case 'error':
      return { icon: TriangleAlert, label, tone: 'warn', detail: message };
    default:
      return assertNever(outcome);
  }
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${String(value)}`);
}
