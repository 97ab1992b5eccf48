// F6: the panes in the order of the page. Each remembers what had the focus in it.

const remembered = new WeakMap<Element, HTMLElement>();

/** The panes on screen. Hidden screens (Activity) and collapsed panes are left out. */
const panes = (root: ParentNode = document): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>('[data-pane]')].filter(isShown);

const isShown = (element: HTMLElement): boolean =>
  element.checkVisibility?.() ?? element.offsetParent !== null;

/** Moves the focus `step` panes on, around the end; from nowhere to the first or last. */
export function movePane(step: 1 | -1): void {
  const ring = panes();
  if (ring.length === 0) return;
  const now = ring.findIndex((pane) => pane.contains(document.activeElement));
  const next = now < 0 ? (step === 1 ? 0 : ring.length - 1) : (now + step + ring.length) % ring.length;
  focusPane(ring[next]!);
}

/** `n` counts from 1. */
export function focusPaneNumber(n: number): void {
  const pane = panes()[n - 1];
  if (pane) focusPane(pane);
}

function focusPane(pane: HTMLElement): void {
  const last = remembered.get(pane);
  // The sidebars of all screens share one pane: what had the focus there may be hidden with its screen.
  const target = last && pane.contains(last) && isShown(last) ? last : firstStop(pane);
  (target ?? pane).focus();
  // What was remembered may be disabled or hidden by now.
  if (!pane.contains(document.activeElement)) pane.focus();
}

// A list or editor is what one goes to a pane for; its toolbar can be reached by Shift Tab.
const firstStop = (pane: HTMLElement): HTMLElement | undefined =>
  firstShown(pane, '[data-pane-focus], [role=listbox], [role=tree], [role=grid], [aria-current=page]') ??
  firstShown(pane, 'button:not(:disabled), input:not(:disabled), textarea, a[href], [tabindex="0"]');

const firstShown = (pane: HTMLElement, selector: string): HTMLElement | undefined =>
  [...pane.querySelectorAll<HTMLElement>(selector)].find(isShown);

/** Keeps the memory; returns what ends it. */
export function rememberFocus(target: Window): () => void {
  const onFocus = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    const pane = event.target.closest('[data-pane]');
    if (pane && pane !== event.target) remembered.set(pane, event.target);
  };
  target.addEventListener('focusin', onFocus);
  return () => target.removeEventListener('focusin', onFocus);
}
