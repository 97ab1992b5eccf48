import type { AppInfo } from '../../../preload/contract/app.ts';
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type { StatusHub } from './status-hub.ts';

export interface AppHandlerDeps {
  info: () => AppInfo;
  hub: StatusHub;
  /** Throws `LINK_REFUSED` for anything but https. */
  openLink: (url: string) => Promise<void>;
}

export const appHandlers = ({
  info,
  hub,
  openLink,
}: AppHandlerDeps): Pick<AppHandlers, 'app.info' | 'app.status' | 'app.openLink'> => ({
  'app.info': () => info(),
  'app.status': (_input, { signal }) => hub.watch(signal as globalThis.AbortSignal),
  'app.openLink': async ({ url }) => {
    await openLink(url);
    return null;
  },
});
