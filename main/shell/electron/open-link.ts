// The only place that hands a URL to the operating system.
import { shell } from 'electron';
import { allowedLink } from '../link-rule.ts';

/** Opens an https link in the user's browser. Rejects with `LINK_REFUSED` for anything else. */
export async function openLink(text: string): Promise<void> {
  await shell.openExternal(allowedLink(text));
}
