// Which parts of the frame are shown; kept between starts. The title bar toggles them, features read them.
import { usePersisted } from './ui-state.ts';

/** CSS pixels of width below which the sidebar starts closed: half a laptop screen, or a page at 200 %. */
const ROOMY = 900;

type Toggle = [shown: boolean, set: (next: boolean | ((old: boolean) => boolean)) => void];

export const useSidebarShown = (): Toggle => usePersisted('view.sidebar', window.innerWidth >= ROOMY);
/** The event timeline of the Explorer. */
export const useTimelineShown = (): Toggle => usePersisted('view.timeline', true);
