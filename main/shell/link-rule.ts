// The one rule for what may leave the app as a link, shared by every shell. https and nothing else: other schemes
// start programs (CVE-2025-55733), and a web page on http could be anything between here and there.
import { AppError } from '../../preload/contract/app-error.ts';

/** Returns the normalised URL, or throws `LINK_REFUSED` with a sentence. */
export function allowedLink(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new AppError('LINK_REFUSED', 'This is not a link that can be opened.');
  }
  // Credentials in a link are how a page pretends to be another (https://trusted@elsewhere).
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new AppError('LINK_REFUSED', 'Keybench opens https links only.');
  return url.href;
}
