import { expect, test } from 'vitest';
import { STATES } from '../../../../renderer/features/history/query.ts';
import { stateView } from '../../../../renderer/features/history/state-view.ts';

test('each state has its own icon, word and sentence', () => {
  const views = STATES.map((state) => stateView({ state, status: null }));
  for (const part of ['icon', 'label', 'detail'] as const)
    expect(new Set(views.map((view) => view[part])).size).toBe(STATES.length);
});

test('a whole answer shows its status, an error its state and status', () => {
  expect(stateView({ state: 'complete', status: 200 }).label).toBe('200');
  expect(stateView({ state: 'error', status: 429 }).label).toBe('Failed 429');
  expect(stateView({ state: 'error', status: null }).label).toBe('Failed');
  expect(stateView({ state: 'cancelled', status: 200 }).label).toBe('Cancelled');
});

test('an error after a good status does not look like that status', () => {
  expect(stateView({ state: 'error', status: 200 }).label).toBe('Failed');
});
