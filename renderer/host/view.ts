// Which parts of the frame are shown; kept between starts. The title bar toggles them, features read them.
import { usePersisted } from './ui-state.ts';

type Toggle = [shown: boolean, set: (next: boolean | ((old: boolean) => boolean)) => void];

export const useSidebarShown = (): Toggle => usePersisted('view.sidebar', true);
/** The event timeline of the Explorer. */
export const useTimelineShown = (): Toggle => usePersisted('view.timeline', true);
