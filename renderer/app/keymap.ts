// Turns key presses into commands. tinykeys parses and matches; which command may run is decided here.
import { type KeybindingPress, matchKeybindingPress, parseKeybinding } from 'tinykeys';
import { type Command, commandKeys, registry } from '../ui/commands.ts';

/** The first command, latest registered first, that `event` stands for and that may run now. */
export function commandFor(event: KeyboardEvent, commands: Iterable<Command>): Command | undefined {
  if (event.defaultPrevented || event.isComposing || event.repeat) return undefined;
  const dialog = document.querySelector('[data-modal]') !== null;
  if (belongsToField(event) || belongsToPopup(event)) return undefined;
  return [...commands]
    .reverse()
    .find(
      (command) =>
        (!dialog || command.overDialogs) &&
        commandKeys(command).some((keys) => matchKeybindingPress(event, press(keys))) &&
        command.enabled?.() !== false,
    );
}

const parsed = new Map<string, KeybindingPress>();
function press(keys: string): KeybindingPress {
  const known = parsed.get(keys);
  if (known) return known;
  const first = parseKeybinding(keys)[0]!;
  parsed.set(keys, first);
  return first;
}

/** Where text is typed, plain characters are text; combinations, function keys and Escape are still commands. */
function belongsToField(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  return (
    typed &&
    (target.isContentEditable || target.matches('input:not([type=checkbox],[type=radio]), textarea, select'))
  );
}

/** Escape closes the layer that is open before it means anything else. */
function belongsToPopup(event: KeyboardEvent): boolean {
  if (event.key !== 'Escape' || !(event.target instanceof Element)) return false;
  return (
    event.target.closest('[data-layers]') !== null || event.target.getAttribute('aria-expanded') === 'true'
  );
}

/** Listens on the window until the returned function is called. */
export function listenForKeys(target: Window): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandFor(event, registry.getState().commands.values());
    if (!command) return;
    event.preventDefault();
    // One key, one effect: the toasts of Base UI listen for F6 here too, and would take the focus from the next pane.
    event.stopImmediatePropagation();
    command.run(event);
  };
  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}
