import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT } from '../../../../renderer/features/explorer/drafts.ts';
import { restoreTabs, storableTabs } from '../../../../renderer/features/explorer/stored-tabs.ts';
import * as tabs from '../../../../renderer/features/explorer/tabs.ts';

const named = (name: string) => tabs.newTab({ ...EMPTY_DRAFT, name });
const open = (...names: string[]) =>
  names.reduce((state, name) => tabs.addTab(state, named(name)), tabs.NO_TABS);
const names = (state: tabs.Tabs) => state.tabs.map((tab) => tab.draft.name).join('');
const active = (state: tabs.Tabs) => tabs.activeTab(state)?.draft.name;

describe('tabs', () => {
  it('open behind the active one, close to a neighbour and reopen at their place', () => {
    const three = open('a', 'b', 'c');
    expect(names(three)).toBe('abc');
    const b = three.tabs[1]!;
    const closed = tabs.closeTab({ ...three, active: b.id }, b.id);
    expect([names(closed), active(closed)]).toEqual(['ac', 'c']);
    const again = tabs.reopenTab(closed);
    expect([names(again), active(again)]).toEqual(['abc', 'b']);
    expect(tabs.reopenTab(again)).toBe(again);
  });

  it('go round at the ends and move within them', () => {
    const state = open('a', 'b', 'c');
    expect(active(tabs.stepTab(state, 1))).toBe('a');
    expect(active(tabs.stepTab(state, -1))).toBe('b');
    expect(names(tabs.moveTab(state, state.tabs[2]!.id, -1))).toBe('acb');
    expect(tabs.moveTab(state, state.tabs[2]!.id, 1)).toBe(state);
    expect(tabs.stepTab(tabs.NO_TABS, 1)).toBe(tabs.NO_TABS);
  });

  it('know when they were changed since they were sent', () => {
    const tab = named('a');
    expect(tabs.isChanged(tab)).toBe(false);
    expect(tabs.isChanged({ ...tab, draft: { ...tab.draft, body: '{}' } })).toBe(true);
  });

  it('keep past runs newest first, each once', () => {
    const run = (id: string, state: tabs.PastRun['state']) => ({
      id,
      at: 1,
      state,
      status: 200,
      total: 5,
      bytes: 1,
    });
    let tab = tabs.noteRun(named('a'), run('1', 'streaming'));
    tab = tabs.noteRun(tab, run('2', 'complete'));
    tab = tabs.noteRun(tab, run('1', 'complete'));
    expect(tab.runs.map(({ id, state }) => `${id} ${state}`)).toEqual(['1 complete', '2 complete']);
  });
});

describe('kept tabs', () => {
  it('come back as they were', () => {
    const state = open('a', 'b');
    const back = restoreTabs(JSON.parse(JSON.stringify(storableTabs(state))));
    expect(back?.tabs).toEqual(state.tabs);
    expect(back?.active).toBe(state.active);
  });

  it('fit one frame of the bridge, the active one first', () => {
    const large = Array.from({ length: 4 }, (_, i) =>
      tabs.newTab({ ...EMPTY_DRAFT, name: String(i), body: 'x'.repeat(140_000) }),
    );
    const kept = storableTabs({ ...tabs.NO_TABS, tabs: large, active: large[3]!.id });
    expect(JSON.stringify(kept).length).toBeLessThan(900_000);
    expect(kept.tabs.map((tab) => tab.draft.name)).toEqual(['2', '3']);
  });

  it.each([[undefined], [null], [7], [{ version: 2, tabs: [] }], [{ version: 1, tabs: 'x' }]])(
    'of another form are no tabs: %j',
    (stored) => {
      expect(restoreTabs(stored)).toBeNull();
    },
  );

  it('that are broken in part come back in part', () => {
    const good = named('good');
    const back = restoreTabs({
      version: 1,
      active: 'gone',
      tabs: [
        null,
        { id: 1 },
        { ...good, runs: [{}, 3] },
        { id: 'x', draft: { headers: [['a'], ['a', 'b']] } },
      ],
    });
    expect(back?.tabs.map((tab) => tab.draft.name)).toEqual(['good', '']);
    expect(back?.tabs[0]?.runs).toEqual([]);
    expect(back?.tabs[1]?.draft.headers).toEqual([['a', 'b']]);
    expect(back?.active).toBe(good.id);
  });
});
