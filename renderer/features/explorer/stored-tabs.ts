// Tabs as they are kept between starts. What is read back is checked: an older or broken state must not stop the app.
import type { Draft, Pairs } from '../../../preload/contract/requests.ts';
import { isObject } from './body-path.ts';
import { EMPTY_DRAFT } from './drafts.ts';
import { NO_TABS, type PastRun, type Tab, type Tabs } from './tabs.ts';

/** Core keeps 256 KB of a window's state; the rest is for what other screens keep. */
const MAX_BYTES = 200_000;
/** Past responses that come back with a tab; all are in history. */
const KEPT_RUNS = 5;

export interface StoredTabs {
  version: 1;
  active: string | null;
  tabs: StoredTab[];
}

/** `clean` only where it differs from the draft: it doubles the size. */
type StoredTab = Omit<Tab, 'clean'> & { clean?: string };

/**
 * The tabs to keep. When they are too large together, those furthest from the active one are `left` out: their ids, to
 * be told.
 */
export function storableTabs({ tabs, active }: Tabs): { kept: StoredTabs; left: string[] } {
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === active),
  );
  const near = tabs.map(storable).map((tab, index) => ({
    tab,
    distance: Math.abs(index - at),
    size: utf8.encode(JSON.stringify(tab)).length,
  }));
  let room = MAX_BYTES;
  const kept = new Map<string, StoredTab>();
  for (const { tab, size } of near.toSorted((a, b) => a.distance - b.distance)) {
    if (size > room) continue;
    room -= size;
    kept.set(tab.id, tab);
  }
  const inOrder = tabs.flatMap((tab) => kept.get(tab.id) ?? []);
  return {
    kept: { version: 1, active, tabs: inOrder },
    left: tabs.filter((tab) => !kept.has(tab.id)).map((tab) => tab.id),
  };
}

const utf8 = new TextEncoder();

function storable({ clean, ...tab }: Tab): StoredTab {
  const stored = { ...tab, runs: tab.runs.slice(0, KEPT_RUNS) };
  return clean === JSON.stringify(tab.draft) ? stored : { ...stored, clean };
}

/** `null` when nothing usable was kept. */
export function restoreTabs(stored: unknown): Tabs | null {
  if (!isObject(stored) || stored.version !== 1 || !Array.isArray(stored.tabs)) return null;
  const tabs = stored.tabs.map(readTab).filter((tab) => tab !== null);
  const active = tabs.find((tab) => tab.id === stored.active) ?? tabs[0];
  return { ...NO_TABS, tabs, active: active?.id ?? null };
}

function readTab(value: unknown): Tab | null {
  if (!isObject(value) || typeof value.id !== 'string') return null;
  const draft = readDraft(value.draft);
  if (!draft) return null;
  return {
    id: value.id,
    draft,
    clean: typeof value.clean === 'string' ? value.clean : JSON.stringify(draft),
    runs: Array.isArray(value.runs) ? value.runs.filter(isPastRun) : [],
    shown: typeof value.shown === 'string' ? value.shown : null,
  };
}

function readDraft(value: unknown): Draft | null {
  if (!isObject(value)) return null;
  const text = (name: keyof Draft): string => {
    const found = value[name];
    return typeof found === 'string' ? found : (EMPTY_DRAFT[name] as string);
  };
  const pairs = (found: unknown): Pairs => (Array.isArray(found) ? found.filter(isPair) : []);
  return {
    name: text('name'),
    provider: text('provider'),
    api: text('api'),
    baseUrl: text('baseUrl'),
    keyId: typeof value.keyId === 'string' ? value.keyId : null,
    method: text('method'),
    url: text('url'),
    query: pairs(value.query),
    headers: pairs(value.headers),
    body: text('body'),
  };
}

const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');

const isPastRun = (value: unknown): value is PastRun =>
  isObject(value) &&
  typeof value.id === 'string' &&
  typeof value.at === 'number' &&
  typeof value.state === 'string';
