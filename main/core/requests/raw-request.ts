// A request byte for byte as the user wrote it, without an SDK.
import type { Pairs } from '../../../preload/contract/requests.ts';
import { isCredentialHeader } from '../providers/wire-headers.ts';
import { withPlaceholder } from './check-headers.ts';
import type { ResolvedDraft } from './resolve-draft.ts';

/** The version the vendor's API demands in a header (providers.md, section 2.2). */
const ANTHROPIC_VERSION = '2026-10-21';

/** Sends and reads to the end. The key goes where the user wrote `{{key}}`, else into `Authorization: Bearer`. */
export async function runRaw(
  { draft, target, adapter }: ResolvedDraft,
  placeholder: string | null,
  wire: typeof fetch,
  signal: AbortSignal,
): Promise<void> {
  const headers = rawHeaders(draft.headers, adapter.info.id, placeholder);
  const init: RequestInit = { method: draft.method.toUpperCase(), headers, signal };
  if (draft.body !== '' && !/^(GET|HEAD)$/i.test(draft.method)) {
    init.body = draft.body;
    // fetch would otherwise say text/plain
    if (!has(headers, 'content-type')) headers.push(['content-type', 'application/json']);
  }
  const response = await wire(target, init);
  const reader = response.body?.getReader();
  while (reader && !(await reader.read()).done);
}

function rawHeaders(given: Pairs, provider: string, placeholder: string | null): Pairs {
  const headers: Pairs = placeholder === null ? [...given] : withPlaceholder(given, placeholder);
  const written = headers.some(
    ([name, value]) => isCredentialHeader(name) || (placeholder !== null && value.includes(placeholder)),
  );
  if (placeholder !== null && !written) headers.push(['authorization', `Bearer ${placeholder}`]);
  if (provider === 'anthropic' && !has(headers, 'anthropic-version'))
    headers.push(['anthropic-version', ANTHROPIC_VERSION]);
  return headers;
}

const has = (headers: Pairs, wanted: string): boolean =>
  headers.some(([name]) => name.toLowerCase() === wanted);
