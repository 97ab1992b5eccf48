// Markdown of a model to DOM. A model's words are hostile input: raw HTML is shown as text, images are never loaded
// (an image address can carry a secret out), links are https only and have no `href`: on a page served over http
// Chromium looks up the host names of anchors ahead of any click, and a DNS query is a request too. All of it passes
// DOMPurify with a short allow-list. See requirement S17 (one renderer for live and stored text).
import DOMPurify, { type Config } from 'dompurify';
import { Marked, type Token, type TokensList } from 'marked';
import { LINK_ATTRIBUTE } from './link-attribute.ts';
import { messages } from './messages.ts';

const ALLOWED: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'b', 'em', 'i', 'del', 's', 'u'],
    ...['code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'sub', 'sup', 'kbd', 'mark'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', '#text'],
  ],
  ALLOWED_ATTR: ['href', 'title', 'align', 'start'],
  ALLOWED_URI_REGEXP: /^https:\/\//i,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true,
};

/** Inline tags without attributes that models use in Markdown; every other raw tag is shown as it was written. */
const HARMLESS_TAG = /^<(?:br\s*\/?|\/?(?:sub|sup|kbd|mark|b|i|u|s|em|strong|del))>$/i;
/** Deeper nesting would make the recursive parser run out of stack. */
const MAX_DEPTH = 100;

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c] ?? c);

/** The normalised https address, or `null`. Addresses with a user name are refused: they are made to deceive. */
export function httpsUrl(href: string): string | null {
  if (href.length > 4096) return null;
  try {
    const url = new URL(href);
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}

function anchor(href: string, inner: string): string {
  const url = httpsUrl(href);
  if (url) return `<a href="${escapeHtml(url)}">${inner}</a>`;
  return `<a title="${escapeHtml(messages.blockedLink(href.slice(0, 200)))}">${inner}</a>`;
}

const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    html: ({ text }) => (HARMLESS_TAG.test(text.trim()) ? text : escapeHtml(text)),
    link({ href, tokens }) {
      return anchor(href, this.parser.parseInline(tokens));
    },
    image: ({ href, text }) => anchor(href, escapeHtml(messages.image(text))),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
});

let purifier: typeof DOMPurify | undefined;

function sanitize(html: string): DocumentFragment {
  purifier ??= DOMPurify(window);
  const fragment = purifier.sanitize(html, ALLOWED);
  for (const link of fragment.querySelectorAll('a')) disarm(link);
  return fragment;
}

// The fragment belongs to no page yet, so nothing has seen the `href`.
function disarm(link: Element): void {
  const url = httpsUrl(link.getAttribute('href') ?? '');
  link.removeAttribute('href');
  if (!url) return;
  link.setAttribute('role', 'link');
  link.setAttribute('tabindex', '0');
  link.setAttribute('title', url);
  link.setAttribute(LINK_ATTRIBUTE, url);
}

/** Splits Markdown into block tokens; `links` on the result holds the reference definitions found. */
export function lexBlocks(source: string): TokensList {
  try {
    return marked.lexer(source);
  } catch {
    // The lexer recurses with nesting; what it cannot read is shown as written.
    const text: Token = { type: 'code', raw: source, text: source };
    return Object.assign([text], { links: {} });
  }
}

/** Renders block tokens. What the parser cannot take (nesting beyond its stack) comes out as plain text. */
export function renderBlocks(tokens: Token[]): DocumentFragment {
  try {
    if (tokens.some((token) => depth(token) > MAX_DEPTH)) return plain(tokens);
    return sanitize(marked.parser(tokens));
  } catch {
    return plain(tokens);
  }
}

function plain(tokens: Token[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const pre = document.createElement('pre');
  pre.textContent = tokens.map((token) => token.raw).join('');
  fragment.append(pre);
  return fragment;
}

function depth(root: Token): number {
  let deepest = 0;
  const open: [Token, number][] = [[root, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [token, level] = next;
    deepest = Math.max(deepest, level);
    if (level > MAX_DEPTH) return level;
    const children: Token[] = [
      ...('tokens' in token && token.tokens ? token.tokens : []),
      ...(token.type === 'list' ? token.items : []),
    ];
    for (const child of children) open.push([child, level + 1]);
  }
  return deepest;
}
