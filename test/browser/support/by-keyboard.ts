// A person without a mouse: Tab until it is there, and the focus must be seen at every stop.
import type { Locator, Page } from 'playwright-core';

const focused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Presses Tab (or another key) until `target` has the focus. Throws when it never gets it. */
export async function reach(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let n = 0; n < 120; n++) {
    if (await focused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never leads to ${target}.`);
}

interface Walk {
  stops: string[];
  unseen: string[];
}

/** The stops of Tab from the start of the page, until it comes round; those whose focus cannot be seen. */
export async function walkWithTab(page: Page): Promise<Walk> {
  // A screen that has just been opened takes the focus once more when its list comes: then the walk begins anew.
  for (let n = 0; n < 3; n++) {
    const walk = await walkOnce(page);
    if (walk) return walk;
  }
  throw new Error('The focus moves by itself.');
}

/** `null` when the focus went elsewhere by itself. */
async function walkOnce(page: Page): Promise<Walk | null> {
  const stops: string[] = [];
  const unseen: string[] = [];
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    getSelection()?.removeAllRanges();
  });
  const seen = new Set<number>();
  for (let n = 0; n < 150; n++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus);
    if (!stop) continue; // the document itself, where the browser's own controls would come
    if (seen.has(stop.id)) return { stops, unseen };
    seen.add(stop.id);
    stops.push(stop.name);
    const isSeen = await focusIsSeen(page, stop);
    if (isSeen === null) return null;
    if (!isSeen) unseen.push(stop.name);
  }
  throw new Error('Tab does not come round.');
}

/** Can the focus be seen where it is now? False also when nothing has it. */
export async function focusIsSeenNow(page: Page): Promise<boolean> {
  const stop = await page.evaluate(describeFocus);
  return stop !== null && (await focusIsSeen(page, stop)) === true;
}

interface Stop {
  id: number;
  name: string;
  box: Box;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** In the page: what has the focus; `null` for nothing. */
function describeFocus(): Stop | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const numbered = element as HTMLElement & { stopNumber?: number };
  const counter = window as unknown as { stops?: number };
  counter.stops = (counter.stops ?? 0) + 1;
  numbered.stopNumber ??= counter.stops;
  const label = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
  const { x, y, width, height } = element.getBoundingClientRect();
  const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
  return { id: numbered.stopNumber, name: `${role} "${label}"`, box: { x, y, width, height } };
}

const MARGIN = 4;

/**
 * Does the place look different without the focus? Whatever shows it, ring, border or colour, shows here. `null` when
 * the focus has left it by itself meanwhile.
 */
async function focusIsSeen(page: Page, { id, box }: Stop): Promise<boolean | null> {
  const view = page.viewportSize() ?? { width: 0, height: 0 };
  const x = Math.max(0, box.x - MARGIN);
  const y = Math.max(0, box.y - MARGIN);
  const width = Math.min(view.width - x, box.width + 2 * MARGIN);
  const height = Math.min(view.height - y, box.height + 2 * MARGIN);
  if (width <= 0 || height <= 0) return false; // out of view
  const look = () => page.screenshot({ clip: { x, y, width, height }, animations: 'disabled' });
  const withFocus = await look();
  const element = await page.evaluateHandle(() => document.activeElement as HTMLElement);
  const numberOf = (one: HTMLElement & { stopNumber?: number }) => one.stopNumber;
  if ((await element.evaluate(numberOf)) !== id) return null;
  await element.evaluate((one) => one.blur());
  const without = await look();
  await element.evaluate((one) => one.focus());
  return !withFocus.equals(without);
}
