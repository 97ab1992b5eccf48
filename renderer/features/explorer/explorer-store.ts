// The open requests and the responses on show. Tabs are kept between starts; panes live as long as the window and are
// filled from history again when a tab is looked at.
import { createStore, useStore } from 'zustand';
import type { Draft, SendEvent } from '../../../preload/contract/requests.ts';
import { errorText, getApi } from '../../host/api.ts';
import { storedDraft } from '../../host/stored-draft.ts';
import { readPersisted, writePersisted } from '../../host/ui-state.ts';
import { feed } from '../../stream/feed.ts';
import { Pane } from '../../stream/pane.ts';
import { toast } from '../../ui/toast.tsx';
import { sendable } from './drafts.ts';
import { restoreTabs, storableTabs } from './stored-tabs.ts';
import * as model from './tabs.ts';

const KEY = 'explorer.tabs';

/** A response on show. */
export interface Shown {
  pane: Pane;
  /** Sent from here and not yet ended. */
  abort: AbortController;
  live: boolean;
}

export interface ExplorerState extends model.Tabs {
  /** By tab id. */
  shown: Readonly<Record<string, Shown>>;
  /** Ids of tabs that are too large to be kept between starts. */
  unkept: readonly string[];
  /** A request that core did not send, because its prompt holds a stored key: the question is open. */
  held: { tabId: string; sentence: string } | null;
}

export const explorer = createStore<ExplorerState>(() => ({
  ...model.NO_TABS,
  shown: {},
  unkept: [],
  held: null,
}));

export const useExplorer = <T>(select: (state: ExplorerState) => T): T => useStore(explorer, select);
export const useActiveTab = (): model.Tab | undefined => useExplorer(model.activeTab);

let restored = false;

/** Once, when the window's kept state is there: the tabs of last time, or `first` when there were none. */
export function restoreExplorer(first: () => Draft | null): void {
  if (restored) return;
  const tabs = restoreTabs(readPersisted(KEY));
  const draft = tabs ? null : first();
  if (!tabs && !draft) return;
  restored = true;
  explorer.setState(tabs ?? (draft ? model.addTab(model.NO_TABS, model.newTab(draft)) : {}));
  explorer.subscribe((now, old) => {
    if (now.tabs === old.tabs && now.active === old.active) return;
    const { kept, left } = storableTabs(now);
    writePersisted(KEY, kept);
    if (left.join() !== now.unkept.join()) explorer.setState({ unkept: left });
  });
}

const change = (next: (state: model.Tabs) => model.Tabs): void => explorer.setState((state) => next(state));

export const openTab = (draft: Draft): void => change((state) => model.addTab(state, model.newTab(draft)));
export const activateTab = (id: string): void => explorer.setState({ active: id });
export const stepTab = (step: number): void => change((state) => model.stepTab(state, step));
export const moveTab = (id: string, step: number): void => change((state) => model.moveTab(state, id, step));
export const reopenTab = (): void => change(model.reopenTab);

export function closeTab(id: string): void {
  stopRun(id);
  explorer.setState((state) => {
    const { [id]: _closed, ...shown } = state.shown;
    return { ...model.closeTab(state, id), shown };
  });
}

export function setDraft(id: string, edit: (draft: Draft) => Draft): void {
  change((state) => model.changeTab(state, id, (tab) => ({ ...tab, draft: edit(tab.draft) })));
}

/**
 * Sends a tab's draft; a stream that still runs in it is ended first. `sendKnownKeys`: also when the prompt holds a
 * stored key, which else leaves the tab as it was and asks.
 */
export function sendTab(id: string, sendKnownKeys = false): void {
  const { tabs, shown } = explorer.getState();
  const tab = tabs.find((one) => one.id === id);
  if (!tab) return;
  stopRun(id);
  const before = { tab, shown: shown[id] };
  const { draft } = tab;
  change((state) =>
    model.changeTab(state, id, (one) => ({ ...one, clean: JSON.stringify(draft), shown: null })),
  );
  const abort = new AbortController();
  const pane = new Pane();
  void run(id, { pane, abort, live: true }, () =>
    getApi()['requests.send']({ draft: sendable(draft), sendKnownKeys }, { signal: abort.signal }),
  ).then(() => {
    const error = pane.facts.end?.error;
    if (error?.type === 'PROMPT_HOLDS_KEY') holdBack(before, pane, error.message);
  });
}

/** Nothing has left: the tab shows again what it showed, and the question is put. */
function holdBack(before: { tab: model.Tab; shown: Shown | undefined }, pane: Pane, sentence: string): void {
  const { id, clean, shown } = before.tab;
  explorer.setState((state) => {
    if (state.shown[id]?.pane !== pane) return state;
    const { [id]: _held, ...others } = state.shown;
    return {
      ...model.changeTab(state, id, (tab) => ({ ...tab, clean, shown })),
      shown: before.shown ? { ...others, [id]: { ...before.shown, live: false } } : others,
      held: { tabId: id, sentence },
    };
  });
}

/** The person's answer to the question: to send it all the same, or not. */
export function answerHeld(send: boolean): void {
  const { held } = explorer.getState();
  explorer.setState({ held: null });
  if (held && send) sendTab(held.tabId, true);
}

/** Ends the stream of a tab; what has come is kept. */
export function stopRun(id: string): void {
  const shown = explorer.getState().shown[id];
  if (shown?.live) shown.abort.abort();
}

/** Shows a stored response in a tab. */
export function showStored(id: string, historyId: string): void {
  stopRun(id);
  change((state) => model.changeTab(state, id, (tab) => ({ ...tab, shown: historyId })));
  const abort = new AbortController();
  void run(id, { pane: new Pane(), abort, live: false }, () =>
    getApi()['history.replay']({ id: historyId }, { signal: abort.signal }),
  );
}

/** Opens a stored request in a tab of its own, or goes to the tab that shows it. */
export function openStored(historyId: string, draft?: Draft): void {
  const open = explorer.getState().tabs.find((tab) => tab.shown === historyId);
  if (open) activateTab(open.id);
  else if (draft) {
    const tab = model.newTab(draft, historyId);
    change((state) => model.addTab(state, tab));
    showStored(tab.id, historyId);
  } else {
    storedDraft(historyId).then(
      (found) => found && openStored(historyId, found),
      (error: unknown) => toast({ title: errorText(error), tone: 'danger' }),
    );
  }
}

async function run(id: string, shown: Shown, open: () => AsyncIterable<SendEvent>): Promise<void> {
  explorer.setState((state) => ({ shown: { ...state.shown, [id]: shown } }));
  // Opened inside the feed, so that a bridge that is gone ends the pane with its sentence.
  async function* events(): AsyncGenerator<SendEvent> {
    for await (const event of open()) {
      if (event.k === 'start') noteStart(id, event.id);
      yield event;
    }
  }
  const { pane, live } = shown;
  await feed(pane, events(), live);
  const { facts } = pane;
  explorer.setState((state) => {
    if (state.shown[id]?.pane !== pane) return state;
    // Deleted from history, or never kept there: the tab then simply shows no response.
    if (!live && facts.end?.error?.type === 'NOT_FOUND') {
      const { [id]: _gone, ...others } = state.shown;
      return { ...model.changeTab(state, id, (tab) => ({ ...tab, shown: null })), shown: others };
    }
    const shownNow = { ...state.shown, [id]: { ...shown, live: false } };
    if (!facts.id || !facts.end) return { shown: shownNow };
    const past: model.PastRun = {
      id: facts.id,
      at: facts.at ?? Date.now(),
      state: facts.end.state,
      status: facts.attempts.at(-1)?.head?.status ?? null,
      total: facts.end.t,
      bytes: facts.end.bytes,
    };
    return { ...model.changeTab(state, id, (tab) => model.noteRun(tab, past)), shown: shownNow };
  });
}

const noteStart = (id: string, historyId: string): void =>
  change((state) => model.changeTab(state, id, (tab) => ({ ...tab, shown: historyId })));
