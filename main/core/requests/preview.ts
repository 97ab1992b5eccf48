// The request as it would leave, made by the same code that sends it and stopped at the last step.
import type { Pairs } from '../../../preload/contract/requests.ts';
import type { Wire } from '../providers/wire-fetch.ts';
import { shownHeader, shownUrl } from '../providers/wire-headers.ts';
import { withPlaceholder } from './check-headers.ts';
import { createCredential } from './credential.ts';
import { runRaw } from './raw-request.ts';
import type { ResolvedDraft } from './resolve-draft.ts';

/** Needs no key: a placeholder stands for it, and the key's name is what is shown. */
export async function previewRequest(
  resolved: ResolvedDraft,
  deps: { wire: Wire; nameOf: (keyId: string) => string | null; text: (s: string) => string },
): Promise<{ method: string; url: string; headers: Pairs; body: string }> {
  const { draft, adapter, baseUrl, body, target } = resolved;
  const alias = draft.keyId === null ? null : (deps.nameOf(draft.keyId) ?? 'unknown');
  const credential = alias === null ? null : createCredential({ secret: '', alias }, target);
  const placeholder = credential?.placeholder ?? null;
  const headers = placeholder === null ? draft.headers : withPlaceholder(draft.headers, placeholder);
  const { signal } = new AbortController();
  const sent = await deps.wire.capture((fetch) =>
    resolved.raw
      ? runRaw(resolved, placeholder, fetch, signal)
      : adapter.run({
          api: draft.api,
          baseUrl,
          secret: placeholder,
          body,
          headers,
          query: draft.query,
          fetch,
          signal,
        }),
  );
  if (!sent) throw new Error('The adapter sent nothing.');
  const text = (s: string) =>
    deps.text(placeholder === null ? s : s.replaceAll(placeholder, `[key:${alias}]`));
  return {
    method: sent.method,
    url: shownUrl(sent.url, text),
    headers: sent.headers.map(([name, value]) => [name, shownHeader(name, value, text)]),
    body: text(sent.body),
  };
}
