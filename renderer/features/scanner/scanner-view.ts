// What the Scanner shows of itself: chosen repository, filter, order, selection, open dialog.
import { create } from 'zustand';
import type {
  FindingFilter,
  FindingRow,
  FindingSort,
  ScanProfile,
} from '../../../preload/contract/scanner.ts';

export type Filter = Required<Omit<FindingFilter, 'repoId' | 'text'>>;
export type ScannerDialog =
  | { kind: 'add' }
  | { kind: 'remove'; repoId: string }
  | { kind: 'trust'; repoIds: string[]; profile: ScanProfile }
  | { kind: 'mark'; findings: readonly FindingRow[] };

export interface Order {
  by: (typeof FindingSort)['options'][number];
  descending: boolean;
}

interface ScannerView {
  /** `null`: all repositories. */
  repoId: string | null;
  filter: Filter;
  text: string;
  order: Order;
  findingId: number | null;
  /** What the Scan button does. */
  profile: ScanProfile;
  dialog: ScannerDialog | null;
}

const NO_FILTER: Filter = {
  severity: [],
  provider: [],
  rule: [],
  source: [],
  state: 'open',
  present: null,
  known: null,
};

export const useScannerView = create<ScannerView>()(() => ({
  repoId: null,
  filter: NO_FILTER,
  text: '',
  // Stored keys first, then by severity.
  order: { by: 'key', descending: false },
  findingId: null,
  profile: 'history',
  dialog: null,
}));

const set = useScannerView.setState;

export const chooseRepo = (repoId: string | null) => set({ repoId, findingId: null });
export const setText = (text: string) => set({ text });
export const setFilter = (part: Partial<Filter>) => set(({ filter }) => ({ filter: { ...filter, ...part } }));
export const clearFilter = () => set({ filter: NO_FILTER, text: '' });
export const selectFinding = (findingId: number | null) => set({ findingId });
export const setProfile = (profile: ScanProfile) => set({ profile });
export const openDialog = (dialog: ScannerDialog) => set({ dialog });
export const closeDialog = () => set({ dialog: null });

/** The same column again turns the order round. */
export const orderBy = (by: Order['by']) =>
  set(({ order }) => ({ order: { by, descending: order.by === by ? !order.descending : false } }));

/** Adds or takes away one value of a filter that may have several. */
export function toggleIn(part: 'severity' | 'provider' | 'rule' | 'source', value: string): void {
  set(({ filter }) => {
    const now: readonly string[] = filter[part];
    const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
    return { filter: { ...filter, [part]: next } };
  });
}

/** Everything of one stored key, in all repositories. */
export const showKnownKey = (name: string) =>
  set({ repoId: null, filter: { ...NO_FILTER, known: true }, text: name, findingId: null });

export const isFiltered = (filter: Filter, text: string): boolean =>
  text !== '' || JSON.stringify(filter) !== JSON.stringify(NO_FILTER);
