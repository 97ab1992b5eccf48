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
  const again = (state: tabs.Tabs) => restoreTabs(JSON.parse(JSON.stringify(storableTabs(state).kept)));

  it('come back as they were', () => {
    const state = open('a', 'b');
    const changed = tabs.changeTab(state, state.tabs[0]!.id, (tab) => ({
      ...tab,
      draft: { ...tab.draft, name: 'A' },
    }));
    const back = again(changed);
    expect(back?.tabs).toEqual(changed.tabs);
    expect(back?.tabs.map(tabs.isChanged)).toEqual([true, false]);
    expect(back?.active).toBe(state.active);
  });

  it('fit what core keeps, in bytes, the active one first, and tell which do not', () => {
    const large = Array.from({ length: 4 }, (_, i) =>
      tabs.newTab({ ...EMPTY_DRAFT, name: String(i), body: 'é'.repeat(45_000) }),
    );
    const { kept, left } = storableTabs({ ...tabs.NO_TABS, tabs: large, active: large[3]!.id });
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(201_000);
    expect(kept.tabs.map((tab) => tab.draft.name)).toEqual(['2', '3']);
    expect(left).toEqual([large[0]!.id, large[1]!.id]);
  });

  it('of a hundred requests with their runs are kept, all', () => {
    const run = {
      id: 'x'.repeat(26),
      at: 1.7e12,
      state: 'complete',
      status: 200,
      total: 5931.2,
      bytes: 31_200,
    } as const;
    const hundred = Array.from({ length: 100 }, (_, i) => ({
      ...tabs.newTab({ ...EMPTY_DRAFT, name: String(i), body: 'x'.repeat(400) }),
      runs: Array.from({ length: 30 }, () => run),
    }));
    const { kept, left } = storableTabs({ ...tabs.NO_TABS, tabs: hundred, active: null });
    expect(left).toEqual([]);
    expect(kept.tabs[0]?.runs).toHaveLength(5);
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
