// The observed fetch: the only way out to a provider. Every SDK and every raw request goes through it, so that one
// place records what is sent and what comes back, puts in the key, holds the bounds and refuses to leave the origin.
//
// Redirects: none is followed, same origin or not. Node's fetch drops `authorization` across origins but not
// `x-api-key`, and a base URL that redirects is a wrong base URL: the answer is shown, with where it points to.
import type { Clock } from '../clock.ts';
import type { Wire, WireScrubber } from './wire.ts';
import { createConnections } from './wire-connections.ts';
import { captureCall } from './wire-observer.ts';
import { openSession } from './wire-session.ts';

export type * from './wire.ts';
export { limitFailure, WireFailure } from './wire-failure.ts';

/** One per app: its connections are shared by all requests. `connectSeconds` is asked for each new connection. */
export function createWire(deps: {
  clock: Clock;
  scrubber: WireScrubber;
  connectSeconds: () => number;
}): Wire {
  const connections = createConnections(deps);
  return {
    open: (options) => openSession(deps, connections, options),
    capture: captureCall,
    close: () => connections.close(),
  };
}
