// The open requests as plain values; every change gives new ones.
import type { Draft, RequestState } from '../../../preload/contract/requests.ts';

/** A response this tab has had; the whole of it is in history. */
export interface PastRun {
  /** Id in history. */
  id: string;
  at: number;
  state: RequestState;
  status: number | null;
  /** Milliseconds. */
  total: number | null;
  bytes: number;
}

export interface Tab {
  id: string;
  draft: Draft;
  /** The draft as it was opened or last sent, as JSON: the tab is changed when it differs. */
  clean: string;
  /** Newest first. */
  runs: readonly PastRun[];
  /** The response shown: an id in history, or `null` for none or one that has no id yet. */
  shown: string | null;
}

export interface Tabs {
  tabs: readonly Tab[];
  active: string | null;
  /** Closed ones, last closed at the end. */
  closed: readonly { tab: Tab; index: number }[];
}

export const NO_TABS: Tabs = { tabs: [], active: null, closed: [] };
const KEPT_CLOSED = 20;
const KEPT_RUNS = 30;

export function newTab(draft: Draft, shown: string | null = null): Tab {
  return { id: newId(), draft, clean: JSON.stringify(draft), runs: [], shown };
}

// Not `randomUUID`: it is there on https and loopback pages only.
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');

export const isChanged = (tab: Tab): boolean => JSON.stringify(tab.draft) !== tab.clean;

export const activeTab = (state: Tabs): Tab | undefined => state.tabs.find((tab) => tab.id === state.active);

/** Behind the active tab, and active. */
export function addTab(state: Tabs, tab: Tab): Tabs {
  const at = state.tabs.findIndex((one) => one.id === state.active) + 1 || state.tabs.length;
  return { ...state, tabs: state.tabs.toSpliced(at, 0, tab), active: tab.id };
}

export function closeTab(state: Tabs, id: string): Tabs {
  const index = state.tabs.findIndex((tab) => tab.id === id);
  const tab = state.tabs[index];
  if (!tab) return state;
  const tabs = state.tabs.toSpliced(index, 1);
  const active = state.active === id ? ((tabs[index] ?? tabs[index - 1])?.id ?? null) : state.active;
  return { tabs, active, closed: [...state.closed, { tab, index }].slice(-KEPT_CLOSED) };
}

export function reopenTab(state: Tabs): Tabs {
  const last = state.closed.at(-1);
  if (!last) return state;
  const index = Math.min(last.index, state.tabs.length);
  return {
    tabs: state.tabs.toSpliced(index, 0, last.tab),
    active: last.tab.id,
    closed: state.closed.slice(0, -1),
  };
}

/** The tab `step` places on, round the ends. */
export function stepTab(state: Tabs, step: number): Tabs {
  const { length } = state.tabs;
  if (length === 0) return state;
  const at = state.tabs.findIndex((tab) => tab.id === state.active);
  const next = state.tabs[(((at + step) % length) + length) % length];
  return { ...state, active: next?.id ?? state.active };
}

export function moveTab(state: Tabs, id: string, step: number): Tabs {
  const from = state.tabs.findIndex((tab) => tab.id === id);
  const to = from + step;
  const tab = state.tabs[from];
  if (!tab || to < 0 || to >= state.tabs.length) return state;
  return { ...state, tabs: state.tabs.toSpliced(from, 1).toSpliced(to, 0, tab) };
}

export function changeTab(state: Tabs, id: string, change: (tab: Tab) => Tab): Tabs {
  return { ...state, tabs: state.tabs.map((tab) => (tab.id === id ? change(tab) : tab)) };
}

/** Puts a run at the front of a tab's past responses, or brings it up to date. */
export function noteRun(tab: Tab, run: PastRun): Tab {
  return { ...tab, runs: [run, ...tab.runs.filter((one) => one.id !== run.id)].slice(0, KEPT_RUNS) };
}
