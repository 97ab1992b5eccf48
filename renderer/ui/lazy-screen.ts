// What the first screen does not show at first comes as chunks of its own, fetched as soon as that has been drawn.
import { type ComponentType, createElement, lazy, useState } from 'react';

const loads: (() => Promise<unknown>)[] = [];

/** A screen that is loaded when first shown, or by `preloadScreens`. The frame draws the wait. */
export const lazyScreen = (load: () => Promise<ComponentType>): ComponentType => lazyPart(load);

/** The same for a part of a screen that is not in view at first. Its place must be within a `Suspense`. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  const fetch = async () => {
    loaded = await load();
    return { default: loaded };
  };
  loads.push(fetch);
  const Waiting = lazy(fetch) as ComponentType<P>;
  return (props) => {
    // What is there is drawn in the same frame: `lazy` would leave its place empty for one. An instance keeps its
    // choice, since another component would begin anew.
    const [Shown] = useState(() => loaded ?? Waiting);
    return createElement(Shown, props);
  };
}

/** Fetches all of them, one after the other, so that a click finds them there. */
export async function preloadScreens(): Promise<void> {
  for (const load of loads) await load().catch(() => {}); // what fails here fails again, visibly, when it is opened
}
