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

/** Turns skips without a reason into failures and gives the lines that list the skips. */
export function judgeSkips(summary: Summary): { summary: Summary; lines: string[] } {
  const bare = summary.skipped.filter(({ reason }) => reason === '');
  const skipped = summary.skipped.filter(({ reason }) => reason !== '');
  const lines = [
    ...bare.map(({ test }) => `FAILED, skipped without a reason: ${test}`),
    ...skipped.map(({ test, reason }) => `skipped: ${test}: ${reason}`),
  ];
  return { summary: { passed: summary.passed, failed: summary.failed + bare.length, skipped }, lines };
}

/** Exactly `N passed, N failed`, and `, N skipped` only when there are any. */
export function finalLine({ passed, failed, skipped }: Summary): string {
  const more = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  return `${passed} passed, ${failed} failed${more}`;
}
