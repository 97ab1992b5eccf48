import { expect, test } from 'vitest';
import { CheckResult, KeyState } from '../../../../preload/contract/keys.ts';
import { checkView, keyStateView } from '../../../../renderer/features/keys/key-state.ts';

const check = (outcome: CheckResult['outcome'], status: number | null) => ({
  at: 1,
  outcome,
  status,
  ms: 2,
  message: `it was ${outcome}`,
});

test('every state of a key has an icon, its own word and a sentence', () => {
  const views = KeyState.options.map((state) =>
    keyStateView({ state, stateText: `it is ${state}`, lastCheck: null }),
  );
  expect(new Set(views.map((view) => view.label)).size).toBe(KeyState.options.length);
  for (const view of views) {
    expect(view.icon).toBeDefined();
    expect(view.detail).not.toBe('');
  }
});

test('a locked or missing key says so, whatever its last check was', () => {
  for (const state of ['locked', 'missing'] as const)
    expect(keyStateView({ state, stateText: 'because', lastCheck: check('ok', 200) })).toMatchObject({
      label: state === 'locked' ? 'Locked' : 'Missing',
      detail: 'because',
    });
});

test('an active key shows its last check with the status number', () => {
  const labels = CheckResult.shape.outcome.options.map((outcome) => checkView(check(outcome, 418)).label);
  expect(labels).toEqual([
    'OK',
    'Rejected 418',
    'Forbidden 418',
    'Limited 418',
    'Unreachable 418',
    'Check failed 418',
  ]);
  expect(checkView(check('unreachable', null)).label).toBe('Unreachable');
});

test('a running check is shown instead of the last one', () => {
  expect(keyStateView({ state: 'active', stateText: '', lastCheck: check('ok', 200) }, true).label).toBe(
    'Checking…',
  );
});
