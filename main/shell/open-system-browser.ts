// Opens an https link in the user's own browser, outside Keybench's profile.
import { spawn } from 'node:child_process';
import { AppError } from '../../preload/contract/app-error.ts';
import { allowedLink } from './link-rule.ts';

/** Rejects with `LINK_REFUSED` or `NOT_SUPPORTED`. The URL is one argument; no shell sees it. */
export async function openSystemBrowser(text: string, browser: string): Promise<void> {
  const url = allowedLink(text);
  const openers: Record<string, [string, string[]]> = {
    darwin: ['open', [url]],
    win32: ['rundll32', ['url.dll,FileProtocolHandler', url]],
  };
  const [command, args] = openers[process.platform] ?? ['xdg-open', [url]];
  if (await started(command, args)) return;
  if (browser !== '' && (await started(browser, [url]))) return;
  throw new AppError('NOT_SUPPORTED', `No browser could be started here. Open ${url} yourself.`);
}

function started(command: string, args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
