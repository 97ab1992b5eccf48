// A draft taken to another provider or API: what was typed goes to where the new API has a place for it.
import type { ApiInfo, Param, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft } from '../../../preload/contract/requests.ts';
import { isObject, type JsonObject, printBody, readPath, writePath } from './body-path.ts';
import { exampleDraft } from './drafts.ts';
import { parseJson } from './json-problem.ts';
import { messages } from './messages.ts';
import { moveConversation } from './move-conversation.ts';
import { RAW } from './target.ts';

export type Switched =
  /** `left` names what the new API has no place for; `edited` is false for a draft in which nothing was typed. */
  | { ok: true; draft: Draft; edited: boolean; left: readonly string[] }
  /** The body cannot be read, so nothing of it could be kept. */
  | { ok: false; reason: string };

/** Names of one and the same thing in the APIs. */
const SAME_THING = [
  ['max_tokens', 'max_completion_tokens', 'max_output_tokens'],
  ['stop', 'stop_sequences'],
  ['temperature'],
  ['top_p'],
  ['stream'],
  ['reasoning_effort', 'reasoning.effort', 'output_config.effort'],
] as const;

/** `from` is the API the draft is for now, `undefined` for a raw request. */
export function switchApi(
  draft: Draft,
  from: ApiInfo | undefined,
  provider: ProviderInfo,
  api: ApiInfo,
): Switched {
  const stays = provider.id === draft.provider;
  const example = exampleDraft(provider, api, draft.name);
  // Headers may hold what is meant for one provider only, a credential even: they never go to another.
  const next: Draft = stays
    ? {
        ...example,
        baseUrl: draft.baseUrl,
        keyId: draft.api === RAW ? null : draft.keyId,
        query: draft.query,
        headers: draft.headers,
      }
    : example;
  const left: string[] = [];
  if (!stays && draft.headers.length > 0) left.push(messages.ownHeaders);
  if (!stays && draft.query.length > 0) left.push(messages.query);
  if (!stays && draft.baseUrl !== '') left.push(messages.baseUrl);
  if (draft.api === RAW && draft.url !== '') left.push(messages.url);
  if (draft.body.trim() === '' || draft.body === from?.example)
    return { ok: true, draft: next, edited: left.length > 0, left };

  const parsed = parseJson(draft.body);
  if (!parsed.ok) return { ok: false, reason: messages.switchInvalid(parsed.problem) };
  if (!isObject(parsed.value)) return { ok: false, reason: messages.switchNoObject };
  const moved = moveBody(parsed.value, from, api, stays);
  return {
    ok: true,
    draft: { ...next, body: printBody(moved.body) },
    edited: true,
    left: [...moved.left, ...left],
  };
}

function moveBody(
  source: JsonObject,
  from: ApiInfo | undefined,
  api: ApiInfo,
  keepModel: boolean,
): { body: JsonObject; left: string[] } {
  const example = parseJson(api.example);
  const ready = example.ok && isObject(example.value) ? example.value : {};
  // Of one format (several providers speak Chat Completions) everything means the same; else only what is known to.
  const alike = from?.tag === api.tag;
  let body = alike ? source : withoutOptional(ready, api);
  const taken = new Set(['model']);
  const model = keepModel ? (source.model ?? ready.model) : ready.model;
  if (model !== undefined) body = writePath(body, 'model', model);

  for (const names of SAME_THING) {
    const path = names.find((name) => readPath(source, name) !== undefined);
    const place = api.params.find((param) => names.some((name) => name === param.path));
    if (path === undefined || !place) continue;
    const value = fitting(readPath(source, path), place);
    if (value === undefined) continue;
    if (alike && path !== place.path) body = writePath(body, path, undefined);
    body = writePath(body, place.path, value);
    taken.add(topOf(path));
  }
  // OpenAI refuses the options of a stream in a request that is none.
  if (!alike && source.stream === true && ready.stream_options !== undefined)
    body = writePath(body, 'stream_options', source.stream_options ?? ready.stream_options);
  taken.add('stream_options');

  const talk = moveConversation(source, api, alike);
  for (const name of talk.taken) taken.add(name);
  for (const [path, value] of talk.fields) body = writePath(body, path, value);
  const gone = alike ? [] : Object.keys(source).filter((name) => !taken.has(name));
  return { body, left: [...gone, ...new Set(talk.left)] };
}

// The example in its order, without what it merely suggests: that nobody typed.
function withoutOptional(ready: JsonObject, api: ApiInfo): JsonObject {
  let body = ready;
  for (const param of api.params) if (!param.required) body = writePath(body, param.path, undefined);
  return body;
}

function fitting(value: unknown, { kind, options }: Param): unknown {
  if (kind === 'list' && typeof value === 'string') return [value];
  if (kind === 'select' && options && !options.includes(String(value))) return undefined;
  return value;
}

const topOf = (path: string): string => path.split('.')[0] ?? path;
