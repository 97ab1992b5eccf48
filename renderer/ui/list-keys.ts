// The keys every list of the app understands; single letters only here, inside a focused list (WCAG 2.1.4).

/** Where `key` moves the active row to, or `null` when it is no movement. `page` is rows in view. */
export function movedIndex(key: string, active: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const to = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(active + 1);
    case 'ArrowUp':
    case 'k':
      return to(active < 0 ? count - 1 : active - 1);
    case 'PageDown':
      return to(active + Math.max(1, page - 1));
    case 'PageUp':
      return to(active - Math.max(1, page - 1));
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
