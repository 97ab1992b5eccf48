import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft } from '../../../preload/contract/requests.ts';
import { exampleDraft } from './drafts.ts';
import { explorer, openTab } from './explorer-store.ts';
import { messages } from './messages.ts';
import { activeTab } from './tabs.ts';

/** The Demo's ready example: sent at once it streams, without a key. */
export function demoDraft(providers: readonly ProviderInfo[]): Draft | null {
  const demo = providers.find((provider) => provider.demo) ?? providers[0];
  const api = demo?.apis[0];
  return demo && api ? exampleDraft(demo, api, demo.demo ? messages.firstAnswer : '') : null;
}

/** A new tab for the provider, API and key of the tab in view; the Demo when there is none. */
export function openNew(providers: readonly ProviderInfo[]): void {
  const current = activeTab(explorer.getState())?.draft;
  const provider = providers.find((one) => one.id === current?.provider);
  const api = provider?.apis.find((one) => one.id === current?.api) ?? provider?.apis[0];
  if (current && provider && api) {
    openTab({ ...exampleDraft(provider, api), keyId: current.keyId, baseUrl: current.baseUrl });
    return;
  }
  const draft = demoDraft(providers);
  if (draft) openTab(draft);
}
