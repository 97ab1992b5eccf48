// Shortcuts as people read them. Definitions use tinykeys' syntax: `$mod+Shift+KeyC`, `F6`;
// a modifier in brackets, as in `[Shift]+?`, may be down or not and is not shown.

/** Ctrl is Cmd on a Mac, as in tinykeys' own `$mod`. */
const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const NAMES: Record<string, string> = {
  $mod: IS_MAC ? '⌘' : 'Ctrl',
  Control: 'Ctrl',
  Meta: IS_MAC ? '⌘' : 'Win',
  Alt: IS_MAC ? '⌥' : 'Alt',
  Shift: IS_MAC ? '⇧' : 'Shift',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Comma: ',',
  Slash: '/',
  Backslash: '\\',
  Backspace: '⌫',
  Delete: 'Del',
};

/** `$mod+Shift+KeyC` → `['Ctrl', 'Shift', 'C']`. A sequence of presses gives the first one only. */
export function keyCaps(keys: string): string[] {
  const press = keys.trim().split(/\s+/)[0] ?? '';
  return press
    .split('+')
    .filter((part) => !part.startsWith('['))
    .map((part) => NAMES[part] ?? part.replace(/^(Key|Digit)(?=.$)/, ''));
}

/** The same as `aria-keyshortcuts` wants it: `Control+Shift+C`. */
export function ariaKeys(keys: string): string {
  const press = keys.trim().split(/\s+/)[0] ?? '';
  return press
    .split('+')
    .filter((part) => !part.startsWith('['))
    .map((part) => (part === '$mod' ? (IS_MAC ? 'Meta' : 'Control') : part.replace(/^(Key|Digit)(?=.$)/, '')))
    .join('+');
}
