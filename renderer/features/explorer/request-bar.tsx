// Provider, API, address, key, Send: the one line that says what will leave and where to.
import { ChevronDown, KeyRound, Plus, Send, Square } from 'lucide-react';
import { useEffect } from 'react';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { useKeys } from '../../host/keys.ts';
import { useNavigation } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import { rawDraft } from './drafts.ts';
import { sendTab, setDraft, stopRun, useExplorer } from './explorer-store.ts';
import { messages } from './messages.ts';
import { switchTab } from './switch-tab.ts';
import type { Tab } from './tabs.ts';
import { baseUrlOf, keysFor, likelyKey, RAW } from './target.ts';
import type { RequestView } from './use-request.ts';

/** Send and Stop take the same room: nothing moves when one becomes the other. */
const ACTION = 'w-31 @max-[800px]:w-20 @max-[800px]:[&_kbd]:hidden @max-[600px]:ml-auto';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
/** What Ctrl L focuses. */
export const URL_INPUT = 'explorer-url';

export function RequestBar({ tab, request }: { tab: Tab; request: RequestView }) {
  const live = useExplorer((state) => state.shown[tab.id]?.live ?? false);
  return (
    <div className="@container border-b border-line">
      {/* Too narrow for one line: the address goes below, whole. */}
      <div className="flex min-h-12 items-center gap-2 px-3 @max-[600px]:flex-wrap @max-[600px]:py-2.5">
        <ProviderSelect tab={tab} request={request} />
        <div className="field-shell flex h-7 min-w-0 flex-1 items-center @max-[600px]:order-last @max-[600px]:basis-full">
          <MethodPart tab={tab} request={request} />
          <UrlPart tab={tab} request={request} />
        </div>
        <KeySelect tab={tab} request={request} />
        {live ? (
          <Button
            variant="primary"
            icon={Square}
            kbd="Escape"
            onClick={() => stopRun(tab.id)}
            className={ACTION}
          >
            {messages.stop}
          </Button>
        ) : (
          <Button
            variant="primary"
            icon={Send}
            kbd="$mod+Enter"
            onClick={() => sendTab(tab.id)}
            className={ACTION}
          >
            {messages.send}
          </Button>
        )}
      </div>
    </div>
  );
}

interface PartProps {
  tab: Tab;
  request: RequestView;
}

function ProviderSelect({ tab, request }: PartProps) {
  const providers = useProviders();
  const { draft, provider } = request;
  const chosen = (next: ProviderInfo) => {
    const api = next.apis.find((one) => one.id === draft.api) ?? next.apis[0];
    if (api) switchTab(tab.id, request.api, next, api);
  };
  return (
    <>
      <Select
        aria-label={messages.provider}
        value={draft.provider}
        placeholder={draft.provider}
        onChange={(id) => {
          const next = providers.find((one) => one.id === id);
          if (next) chosen(next);
        }}
        items={providers.map((one) => ({
          value: one.id,
          label: one.name,
          leading: <ProviderBadge letter={one.letter} accent={one.accent} />,
        }))}
        className="w-36 shrink-0 @max-[800px]:w-28 @max-[600px]:flex-1"
      />
      {provider && (
        <Select
          aria-label={messages.api}
          value={draft.api}
          onChange={(id) => {
            const api = provider.apis.find((one) => one.id === id);
            if (api) switchTab(tab.id, request.api, provider, api);
            else setDraft(tab.id, (old) => rawDraft(old, request.url));
          }}
          items={[
            ...provider.apis.map((api) => ({ value: api.id, label: api.label, hint: api.tag })),
            { value: RAW, label: messages.rawApi, hint: 'RAW' },
          ]}
          className="w-44 shrink-0 @max-[1000px]:w-28 @max-[600px]:flex-1"
        />
      )}
    </>
  );
}

function MethodPart({ tab, request }: PartProps) {
  const { draft, raw, api } = request;
  const method = raw ? draft.method : (api?.method ?? draft.method);
  if (!raw) {
    return (
      <span className="shrink-0 border-r border-line px-2.5 font-mono text-xs font-medium text-success">
        {method}
      </span>
    );
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${messages.method}: ${method}`}
          className="flex h-full shrink-0 items-center gap-1 border-r border-line px-2.5 font-mono text-xs font-medium text-success"
        >
          {method}
          <ChevronDown size={12} aria-hidden="true" className="text-subtle" />
        </button>
      }
      groups={[
        {
          items: METHODS.map((one) => ({
            id: one,
            label: one,
            checked: one === method,
            onSelect: () => setDraft(tab.id, (old) => ({ ...old, method: one })),
          })),
        },
      ]}
    />
  );
}

function UrlPart({ tab, request }: PartProps) {
  const { draft, provider, api, raw, url } = request;
  const editable = raw || (provider?.customBaseUrl ?? false);
  const base = baseUrlOf(draft, provider);
  const path = raw ? '' : (api?.path ?? '');
  const set = (text: string) =>
    setDraft(tab.id, (old) => (raw ? { ...old, url: text } : { ...old, baseUrl: text.trim() }));
  return (
    <div className="flex h-full min-w-0 flex-1 items-center pl-2.5 font-mono text-xs">
      <input
        id={URL_INPUT}
        aria-label={raw ? messages.url : messages.baseUrl}
        value={raw ? draft.url : draft.baseUrl || base}
        readOnly={!editable}
        spellCheck={false}
        autoComplete="off"
        title={url}
        onChange={(event) => set(event.currentTarget.value)}
        onBlur={() => {
          if (!raw && draft.baseUrl.replace(/\/+$/, '') === provider?.baseUrl) set('');
        }}
        className={
          raw
            ? 'h-full min-w-0 flex-1 bg-transparent text-ellipsis text-fg outline-none'
            : 'h-full max-w-full min-w-0 shrink-0 bg-transparent text-ellipsis text-fg outline-none [field-sizing:content]'
        }
      />
      {path && <span className="min-w-0 truncate text-muted">{path}</span>}
      {!raw && provider && provider.presets.length > 0 && (
        <span className="ml-auto">
          <Menu
            align="end"
            trigger={<IconButton icon={ChevronDown} size="sm" label={messages.presets} />}
            groups={[
              {
                items: provider.presets.map((preset) => ({
                  id: preset.baseUrl,
                  label: preset.label,
                  hint: preset.baseUrl,
                  checked: preset.baseUrl === base,
                  onSelect: () => set(preset.baseUrl),
                })),
              },
            ]}
          />
        </span>
      )}
    </div>
  );
}

function KeySelect({ tab, request }: PartProps) {
  const keys = useKeys();
  const navigation = useNavigation();
  const { draft, provider, url, raw } = request;
  const usable = keysFor(keys, url);
  const preset = draft.keyId === null && provider?.key === 'required' ? likelyKey(keys, url) : null;

  // A draft without a key gets the likely one; one whose key is gone or bound elsewhere loses it.
  const known = draft.keyId === null || keys.length === 0 || usable.some((key) => key.id === draft.keyId);
  useEffect(() => {
    if (preset) setDraft(tab.id, (old) => ({ ...old, keyId: preset }));
  }, [preset, tab.id]);

  if (provider?.key === 'none' && !raw) {
    return (
      <span className="flex h-7 shrink-0 items-center gap-2 px-2 text-sm text-muted">
        <KeyRound size={14} aria-hidden="true" />
        <span className="@max-[860px]:sr-only">{messages.noKeyNeeded}</span>
      </span>
    );
  }
  const optional = provider?.key !== 'required' || raw;
  return (
    <Select
      aria-label={messages.key}
      value={known ? (draft.keyId ?? (optional ? NO_KEY : null)) : null}
      placeholder={usable.length === 0 ? messages.noKeyYet : undefined}
      onChange={(id) => setDraft(tab.id, (old) => ({ ...old, keyId: id === NO_KEY ? null : id }))}
      items={[
        ...(optional ? [{ value: NO_KEY, label: messages.noKey }] : []),
        ...usable.map((key) => ({
          value: key.id,
          label: `${key.name} ··${key.last4}`,
          ...(key.state === 'active' ? {} : { hint: key.state }),
        })),
      ]}
      footer={{
        label: messages.addKey,
        icon: <Plus size={14} aria-hidden="true" />,
        onSelect: () => navigation.addKey(provider?.id),
      }}
      className="w-44 shrink-0 @max-[800px]:w-32"
    />
  );
}
const NO_KEY = 'none';
