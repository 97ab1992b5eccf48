// What axe finds on a page, as sentences that a failing test can print.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** One line per element that breaks a rule of WCAG 2.0 to 2.2 A and AA or of best practice. Empty: none. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await axeFor(page).withTags(TAGS).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/**
 * In "legacy mode" axe stays in its page, which has no frames. Else it opens a second page for the result, and Chromium
 * then moves the focus of the first one, so that looking at a dialog would change it.
 */
export const axeFor = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true);
