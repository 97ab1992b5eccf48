// A draft, checked and made concrete: which adapter, which address, which body. Whatever is wrong with it is one
// sentence, and nothing has been sent or kept by then.
import type { Draft, Pairs } from '../../../preload/contract/requests.ts';
import type { JsonObject, ProviderAdapter } from '../providers/provider.ts';
import { checkAddress, checkHeaders, checkHeadSize, invalid } from './check-headers.ts';
import { findJsonError } from './json-error.ts';
import { short } from './outcome.ts';
import { promptText } from './prompt-text.ts';

export interface ResolvedDraft {
  draft: Draft;
  adapter: ProviderAdapter;
  raw: boolean;
  /** Without trailing slash. */
  baseUrl: string;
  /** What the key's origin is compared with: the base URL, or a raw request's address with its query. */
  target: string;
  /** The JSON body of a typed API; for raw requests what the text parses to, if it does. */
  body: JsonObject;
  model: string | null;
  prompt: string;
}

/** What is needed of the registry. */
export interface Adapters {
  /** Throws `PROVIDER_UNKNOWN`. */
  get(id: string): ProviderAdapter;
}

const NO_BODY = /^(GET|HEAD)$/;
const UNSENDABLE = /^(CONNECT|TRACE|TRACK)$/;

/** Throws `DRAFT_INVALID` or `PROVIDER_UNKNOWN`. `text` is the scrubber. */
export function resolveDraft(draft: Draft, adapters: Adapters, text: (s: string) => string): ResolvedDraft {
  const adapter = adapters.get(draft.provider);
  const { info } = adapter;
  const raw = draft.api === 'raw';
  // A draft out of History may name the port the demo server had in an earlier run.
  const baseUrl = resolveBaseUrl(info.demo ? '' : draft.baseUrl, info);
  if (!raw && info.key === 'required' && draft.keyId === null)
    throw invalid(`${info.name} needs a key: choose one, or add one in Keys.`);
  checkHeadSize(draft);
  checkHeaders(draft.headers, draft.keyId !== null, text);
  checkAddress(raw ? draft.url : baseUrl, draft.query, text);

  if (raw) {
    const target = rawTarget(draft, baseUrl);
    const body = tryParse(draft.body);
    return { draft, adapter, raw, baseUrl, target, body, model: modelOf(body), prompt: promptText(body) };
  }
  const api = info.apis.find((one) => one.id === draft.api);
  if (!api) throw invalid(`${info.name} has no API named "${draft.api}": choose one of the list.`);
  const body = parseBody(draft.body);
  for (const param of api.params) {
    const value = at(body, param.path);
    const absent = value === undefined || value === null || value === '';
    if (param.required && (absent || (Array.isArray(value) && value.length === 0)))
      throw invalid(`The body has no "${param.path}": fill in ${param.label}.`);
  }
  return {
    draft,
    adapter,
    raw,
    baseUrl,
    target: baseUrl,
    body,
    model: modelOf(body),
    prompt: promptText(body),
  };
}

/** Also used for keys and model lists. Throws `DRAFT_INVALID`. */
export function resolveBaseUrl(
  given: string,
  info: { name: string; baseUrl: string; customBaseUrl: boolean },
): string {
  const wanted = given.trim() || info.baseUrl;
  if (wanted === '') throw invalid(`${info.name} needs a base URL, for example http://localhost:11434/v1.`);
  const url = parseUrl(wanted, 'base URL');
  if (url.search !== '' || url.hash !== '')
    throw invalid('The base URL has a query or a fragment: write only the part before "?" or "#".');
  const clean = trim(url.href);
  if (!info.customBaseUrl && clean !== trim(new URL(info.baseUrl).href))
    throw invalid(`${info.name} has its own base URL (${info.baseUrl}): leave the field as it is.`);
  return clean;
}

function parseUrl(value: string, what: string): URL {
  if (!URL.canParse(value))
    throw invalid(`The ${what} is not an address: write it like https://api.example.com/v1.`);
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw invalid(`The ${what} begins with "${url.protocol}": only http:// and https:// can be sent to.`);
  if (url.username !== '' || url.password !== '')
    throw invalid(`The ${what} holds a user name or password: put credentials into a header.`);
  return url;
}

const trim = (href: string): string => href.replace(/\/+$/, '');

function rawTarget(draft: Draft, baseUrl: string): string {
  if (!/^[A-Za-z]{1,20}$/.test(draft.method) || UNSENDABLE.test(draft.method.toUpperCase()))
    throw invalid(
      `"${draft.method.slice(0, 20)}" is not a method that can be sent: choose GET, POST or another.`,
    );
  if (NO_BODY.test(draft.method.toUpperCase()) && draft.body.trim() !== '')
    throw invalid(`A ${draft.method.toUpperCase()} request carries no body: empty the body or choose POST.`);
  if (draft.url.trim() === '') throw invalid('The request has no URL: write the address to send it to.');
  const given = draft.url.trim();
  const url = parseUrl(given.startsWith('/') ? baseUrl + given : given, 'URL');
  url.hash = '';
  appendQuery(url, draft.query);
  return url.href;
}

function appendQuery(url: URL, query: Pairs): void {
  for (const [name, value] of query) url.searchParams.append(name, value);
}

function parseBody(text: string): JsonObject {
  const problem =
    text.trim() === '' ? { line: 1, column: 1, expected: 'an object { … }' } : findJsonError(text);
  if (problem)
    throw invalid(
      `The body is not valid JSON: at line ${problem.line}, column ${problem.column}, ${problem.expected} is expected.`,
    );
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('The body must be a JSON object: begin it with { and end it with }.');
  return body as JsonObject;
}

function tryParse(text: string): JsonObject {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as JsonObject) : {};
  } catch {
    return {};
  }
}

const modelOf = (body: JsonObject): string | null =>
  typeof body.model === 'string' && body.model !== '' ? short(body.model) : null;

function at(body: JsonObject, path: string): unknown {
  let value: unknown = body;
  for (const name of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as JsonObject)[name] : undefined;
  return value;
}
