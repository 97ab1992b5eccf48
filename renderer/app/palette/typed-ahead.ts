// What is typed between the key that opens the palette and the focus of its field: whoever knows the way does not wait.

/** The palette is there long before; if it cannot come, the keys must be free again. */
const PATIENCE_MS = 2000;

let typed = '';
let stop = () => {};

/** From now on what is typed is kept for `takeTyped`, and reaches nothing else. */
export function keepTyped(): void {
  stop();
  typed = '';
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') return stop();
    if (event.key === 'Backspace') typed = typed.slice(0, -1);
    else if (event.key.length === 1) typed += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('keydown', onKey, { capture: true });
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  stop = () => {
    clearTimeout(timer);
    removeEventListener('keydown', onKey, { capture: true });
  };
}

/** What has been typed since; the keys go where the focus is again. */
export function takeTyped(): string {
  stop();
  const text = typed;
  typed = '';
  return text;
}
