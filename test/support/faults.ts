// All faults, each with the state it must end in.
import { DEFAULT_SETTINGS, type Settings } from '../../preload/contract/settings.ts';
import { CONTENT } from './faults/content.ts';
import { CUTS } from './faults/cuts.ts';
import type { Fault } from './faults/fault.ts';
import { SIZES } from './faults/sizes.ts';
import { STATUSES } from './faults/status.ts';

export const FAULTS: readonly Fault[] = [...CUTS, ...CONTENT, ...SIZES, ...STATUSES];

/** Bounds on sizes and waits small enough to meet in a test; a fault's own `settings` go on top. */
export const FAULT_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  'requests.maxAttempts': 2,
  'requests.maxWaitSeconds': 3,
  'requests.maxBodyMb': 8,
  'requests.maxLineMb': 1,
};
