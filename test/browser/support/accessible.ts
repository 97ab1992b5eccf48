// axe over what is on the screen now, in both themes: the window follows the system's, which is switched here.
import type { Page } from 'playwright-core';
import { axeFor, axeViolations } from '../../support/axe-violations.ts';

/**
 * All rules in the dark, then the contrast in the light: no other rule looks at colours. Empty when axe finds nothing.
 * The window must have the setting "system", with which it begins.
 */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await axeViolations(page);
  await page.emulateMedia({ colorScheme: 'light' });
  const { passes, violations } = await axeFor(page).withRules(['color-contrast']).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  if (passes.length === 0 && violations.length === 0) throw new Error('axe has looked at no colour.');
  return [
    ...dark.map((line) => `dark: ${line}`),
    ...violations.flatMap(({ nodes }) =>
      nodes.map(({ target, failureSummary }) => `light: ${target.join(' ')}: ${failureSummary ?? ''}`),
    ),
  ];
}
