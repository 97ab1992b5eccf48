// The theme is one attribute; the colours themselves follow `color-scheme` in CSS, so "system" needs no listener.
import type { Settings } from '../host/settings.ts';

export type Theme = Settings['appearance.theme'];

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** The order of the toggle in the title bar. */
export const nextTheme = (theme: Theme): Theme =>
  theme === 'system' ? 'dark' : theme === 'dark' ? 'light' : 'system';
