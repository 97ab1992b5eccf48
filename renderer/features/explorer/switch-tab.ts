import type { ApiInfo, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft } from '../../../preload/contract/requests.ts';
import { toast } from '../../ui/toast.tsx';
import { explorer, openTab, setDraft } from './explorer-store.ts';
import { messages } from './messages.ts';
import { switchApi } from './switch-api.ts';

const UNDO_MS = 12_000;

/** Another provider or API for a tab. What was typed is carried over or the switch refused; Undo brings it all back. */
export function switchTab(id: string, from: ApiInfo | undefined, provider: ProviderInfo, api: ApiInfo): void {
  const before = draftOf(id);
  if (!before) return;
  const switched = switchApi(before, from, provider, api);
  const name = `${provider.name} ${api.label}`;
  if (!switched.ok) {
    toast({
      title: messages.switchRefused(name),
      description: switched.reason,
      tone: 'warn',
      timeout: UNDO_MS,
    });
    return;
  }
  const after = switched.draft;
  setDraft(id, () => after);
  if (!switched.edited) return;
  toast({
    title: messages.switched(name),
    description: messages.switchLeft(switched.left),
    action: { label: messages.undo, run: () => undo(id, before, after) },
    timeout: UNDO_MS,
  });
}

// What was typed since the switch must not be lost either: then the former draft comes back in a tab of its own.
function undo(id: string, before: Draft, after: Draft): void {
  const now = draftOf(id);
  if (now && sameText(now, after)) setDraft(id, () => before);
  else openTab(before);
}

const draftOf = (id: string): Draft | undefined =>
  explorer.getState().tabs.find((tab) => tab.id === id)?.draft;

// The key is not compared: the bar chooses one by itself.
const sameText = (a: Draft, b: Draft): boolean =>
  a.provider === b.provider &&
  a.api === b.api &&
  a.body === b.body &&
  a.baseUrl === b.baseUrl &&
  a.url === b.url &&
  a.headers === b.headers &&
  a.query === b.query;
