import { type RefObject, useEffect, useState } from 'react';

export interface Overflow {
  /** Not all of it is in view. */
  overflows: boolean;
  /** CSS that fades the edges behind which there is more; `undefined` when there is none. */
  mask: string | undefined;
}

const FADE = '20px';
/** What the button takes from the strip that is there while it overflows: without it all might fit. */
const BUTTON = 24;
const NONE: Overflow = { overflows: false, mask: undefined };

/** Whether a strip that scrolls sideways without a scrollbar has more than it shows, and where. */
export function useOverflow(strip: RefObject<HTMLElement | null>): Overflow {
  const [overflow, setOverflow] = useState(NONE);
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const left = scrollLeft > 1;
      const right = scrollLeft + clientWidth < scrollWidth - 1;
      const mask =
        left || right
          ? `linear-gradient(to right, ${left ? 'transparent' : 'black'}, black ${FADE}, black calc(100% - ${FADE}), ${right ? 'transparent' : 'black'})`
          : undefined;
      setOverflow((old) => {
        const overflows = scrollWidth > clientWidth + (old.overflows ? BUTTON : 0) + 1;
        return old.mask === mask && old.overflows === overflows ? old : { overflows, mask };
      });
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    // The strip's own width changes with the window, its content's with each entry.
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    const entries = new MutationObserver(look);
    entries.observe(element, { childList: true, subtree: true, characterData: true });
    return () => {
      element.removeEventListener('scroll', look);
      sizes.disconnect();
      entries.disconnect();
    };
  }, [strip]);
  return overflow;
}
