// The count at the end of a run. It must be true: a skipped test has a reason, and an empty run has not passed.
export interface Skipped {
  test: string;
  /** '' = none was given, which counts as a failure. */
  reason: string;
}

export interface Summary {
  passed: number;
  failed: number;
  skipped: Skipped[];
}

export function total(parts: Summary[]): Summary {
  const sum: Summary = { passed: 0, failed: 0, skipped: [] };
  for (const { passed, failed, skipped } of parts) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped.push(...skipped);
  }
  return sum;
}

/**
 * Turns skips without a reason into failures and gives the lines that list the skips.
 * @param all machines that must run everything (CI with Electron) set this: then no reason counts
 */
export function judgeSkips(summary: Summary, all: boolean): { summary: Summary; lines: string[] } {
  const refused = summary.skipped.filter(({ reason }) => all || reason === '');
  const skipped = summary.skipped.filter(({ reason }) => !all && reason !== '');
  const lines = [
    ...refused.map(
      ({ test, reason }) => `FAILED, skipped ${reason ? `(${reason})` : 'without a reason'}: ${test}`,
    ),
    ...skipped.map(({ test, reason }) => `skipped: ${test}: ${reason}`),
  ];
  return { summary: { passed: summary.passed, failed: summary.failed + refused.length, skipped }, lines };
}

/** `KEYBENCH_NO_SKIP=1`: this machine has everything, so a skipped test is a failure. */
export const noSkips = (): boolean => process.env.KEYBENCH_NO_SKIP === '1';

/** Exactly `N passed, N failed`, and `, N skipped` only when there are any. */
export function finalLine({ passed, failed, skipped }: Summary): string {
  const more = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  return `${passed} passed, ${failed} failed${more}`;
}
