// axe over a page, with the rules the project promises (WCAG 2.0 to 2.2 A and AA, and best practice).
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export interface AxeFinding {
  rule: string;
  /** The first elements that break it. */
  where: string[];
}

/** What axe finds; empty when nothing. Throws if it checked so little that "nothing" would mean nothing. */
export async function axeFindings(page: Page): Promise<AxeFinding[]> {
  const { passes, violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  if (passes.length < 20) throw new Error(`axe passed only ${passes.length} rules: the page was not there.`);
  return violations.map(({ id, nodes }) => ({
    rule: id,
    where: nodes
      .slice(0, 3)
      .map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`),
  }));
}
