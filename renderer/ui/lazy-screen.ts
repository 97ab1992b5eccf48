// Screens that are not the first one come as chunks of their own, fetched as soon as the first one has been drawn.
import { type ComponentType, lazy } from 'react';

const loads: (() => Promise<unknown>)[] = [];

/** A component that is loaded when first shown, or by `preloadScreens`. The frame draws the wait. */
export function lazyScreen(load: () => Promise<ComponentType>): ComponentType {
  loads.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Fetches all of them, one after the other, so that a click finds them there. */
export async function preloadScreens(): Promise<void> {
  for (const load of loads) await load().catch(() => {}); // what fails here fails again, visibly, when it is opened
}
