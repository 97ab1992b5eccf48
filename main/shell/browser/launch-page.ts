// The two ways into the session: a form that a local 0600 file posts, and a page that posts the code from its own
// fragment (which never leaves the browser). Both end on a page that moves on to `/` by itself: a redirect would still
// count as cross-site for a SameSite=Strict cookie, a navigation that our own page starts does not.
import type { Asset } from '../assets.ts';

// The empty icon keeps the browser from asking for /favicon.ico, which nobody may have before the session.
const ICON = '<link rel="icon" href="data:,">';

const page = (title: string, body: string, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${ICON}${head}</head><body>${body}</body></html>`;

const html = (text: string): Asset => ({ body: Buffer.from(text), type: 'text/html; charset=utf-8' });

/** `GET /launch`: takes the code out of the fragment and posts it. */
export const launchPage = html(
  page(
    'Keybench',
    '<noscript>Keybench needs JavaScript.</noscript><p id="note">Opening Keybench…</p>',
    '<script type="module" src="/launch.js"></script>',
  ),
);

export const launchScript: Asset = {
  type: 'text/javascript; charset=utf-8',
  body: Buffer.from(`const code = location.hash.slice(1);
history.replaceState(null, '', '/launch');
const note = document.getElementById('note');
const answer = await fetch('/launch', { method: 'POST', body: new URLSearchParams({ code }) }).catch(() => null);
if (answer?.ok) location.replace('/');
else note.textContent = answer?.status === 429
  ? 'Too many wrong codes. Wait a minute, then run "npm start" again.'
  : 'This link was used already or is older than a minute. Run "npm start" again for a new one.';
`),
};

/** Answer to a code that was right. */
export const enteredPage = html(
  page('Keybench', '<p>Opening Keybench…</p>', '<meta http-equiv="refresh" content="0;url=/">'),
);

/** The file that a browser is started with. `url` and `code` are our own, without characters special to HTML. */
export const launchFile = (url: string, code: string): string =>
  page(
    'Keybench',
    `<form method="post" action="${url}"><input type="hidden" name="code" value="${code}"></form><script>document.forms[0].submit()</script>`,
  );
