import { useEffect, useRef } from 'react';

/**
 * Gives a screen's main part the focus each time the screen comes into view (`Activity` runs effects anew then), as
 * soon as it is `ready`: so arrow keys work after a shortcut or the rail. Whoever moved the focus in the meantime, a
 * dialog or the user, keeps it.
 */
export function useFocusOnShow(ready: boolean, focus: () => void): void {
  const latest = useRef(focus);
  const due = useRef<{ from: Element | null } | null>(null);
  useEffect(() => {
    latest.current = focus;
  });
  useEffect(() => {
    due.current = { from: document.activeElement };
    return () => {
      due.current = null;
    };
  }, []);
  useEffect(() => {
    if (!ready || !due.current) return;
    const { from } = due.current;
    due.current = null;
    const now = document.activeElement;
    // What had the focus on the screen that went is hidden, and the browser lets go of it sooner or later.
    if (!now || now === from || now === document.body || !now.checkVisibility()) latest.current();
  }, [ready]);
}
