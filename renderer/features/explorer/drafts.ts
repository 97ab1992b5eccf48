// Drafts to begin with: empty ones, the ready examples, and one that shows what the Demo can do.
import type { ApiInfo, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft } from '../../../preload/contract/requests.ts';
import { isObject, readPath } from './body-path.ts';
import { parseJson } from './json-problem.ts';
import { messages } from './messages.ts';
import { RAW } from './target.ts';

export const EMPTY_DRAFT: Draft = {
  name: '',
  provider: '',
  api: '',
  baseUrl: '',
  keyId: null,
  method: 'POST',
  url: '',
  query: [],
  headers: [],
  body: '',
};

/** A draft that can be sent as it stands. */
export function exampleDraft(provider: ProviderInfo, api: ApiInfo, name = ''): Draft {
  return { ...EMPTY_DRAFT, name, provider: provider.id, api: api.id, method: api.method, body: api.example };
}

const conversation = (body: unknown): unknown[] | string | undefined => {
  const value = readPath(body, 'messages') ?? readPath(body, 'input');
  return Array.isArray(value) || typeof value === 'string' ? value : undefined;
};

export function rawDraft(draft: Draft, url: string): Draft {
  return { ...draft, api: RAW, url, query: draft.query };
}

/** The draft as it goes to core: rows of headers and query that are still empty are left out. */
export function sendable(draft: Draft): Draft {
  const filled = ([name, value]: readonly [string, string]) => name.trim() !== '' || value !== '';
  return { ...draft, headers: draft.headers.filter(filled), query: draft.query.filter(filled) };
}

/** What the tab is called: its name, else the beginning of what is asked. */
export function draftTitle(draft: Draft): string {
  if (draft.name) return draft.name;
  const prompt = draft.api === RAW ? pathOf(draft.url) : promptOf(draft.body);
  return prompt.slice(0, 40) || messages.newRequest;
}

const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\//i, '');

function promptOf(body: string): string {
  if (body.length > 100_000) return '';
  const parsed = parseJson(body);
  const turns = parsed.ok ? conversation(parsed.value) : undefined;
  if (typeof turns === 'string') return turns;
  const last = turns?.findLast((turn) => isObject(turn) && turn.role === 'user');
  const content = isObject(last) ? last.content : undefined;
  return typeof content === 'string' ? content.trim().replace(/\s+/g, ' ') : '';
}
