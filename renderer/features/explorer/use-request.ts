// What the parts of the screen read of the open request.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { ApiInfo, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft } from '../../../preload/contract/requests.ts';
import { getApi } from '../../host/api.ts';
import { useProvider } from '../../host/providers.ts';
import { queryClient } from '../../host/queries.ts';
import { isObject, type JsonObject, readPath } from './body-path.ts';
import { sendable } from './drafts.ts';
import { type JsonProblem, parseJson } from './json-problem.ts';
import { apiOf, RAW, targetUrl } from './target.ts';

export interface RequestView {
  draft: Draft;
  provider: ProviderInfo | undefined;
  /** `undefined` for a raw request. */
  api: ApiInfo | undefined;
  raw: boolean;
  url: string;
  /** The body as an object; `null` while it is none. */
  body: JsonObject | null;
  problem: JsonProblem | null;
  /** Required parameters that have no value. */
  missing: string[];
}

export function useRequest(draft: Draft): RequestView {
  const provider = useProvider(draft.provider);
  const parsed = useMemo(() => parseJson(draft.body), [draft.body]);
  const api = apiOf(draft, provider);
  const body = parsed.ok && isObject(parsed.value) ? parsed.value : null;
  return {
    draft,
    provider,
    api,
    raw: draft.api === RAW,
    url: targetUrl(draft, provider),
    body,
    problem: parsed.ok || draft.body === '' ? null : parsed.problem,
    missing: (api?.params ?? [])
      .filter((param) => param.required && body && isMissing(readPath(body, param.path)))
      .map((param) => param.path),
  };
}

const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const PREVIEW_AFTER_MS = 300;

/** The request as it would leave, from core; a little behind the typing. */
export function usePreview(draft: Draft) {
  const settled = useSettled(draft, PREVIEW_AFTER_MS);
  return useQuery(
    {
      queryKey: ['preview', JSON.stringify(settled)],
      queryFn: ({ signal }) => getApi()['requests.preview']({ draft: sendable(settled) }, { signal }),
      placeholderData: keepPreviousData,
      gcTime: 10_000,
    },
    queryClient,
  );
}

function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return useDeferredValue(settled);
}

/** Models of a provider at an address, asked for with a key. */
export const modelsQuery = (provider: string, baseUrl: string, keyId: string | null) =>
  queryOptions({
    queryKey: ['models', provider, baseUrl, keyId],
    queryFn: ({ signal }) => getApi()['providers.models']({ provider, baseUrl, keyId }, { signal }),
    staleTime: 5 * 60_000,
  });
