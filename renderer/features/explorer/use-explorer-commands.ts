// Keys and palette entries of the screen.
import { errorText, getApi } from '../../host/api.ts';
import { setSetting, useSettings } from '../../host/settings.ts';
import { type Command, useCommands } from '../../ui/commands.ts';
import { toast } from '../../ui/toast.tsx';
import { copyText } from './copy-text.ts';
import { keyVariable, toCurl } from './curl.ts';
import { draftTitle, sendable } from './drafts.ts';
import { closeTab, explorer, openTab, reopenTab, sendTab, stepTab, stopRun } from './explorer-store.ts';
import { messages } from './messages.ts';
import { URL_INPUT } from './request-bar.tsx';
import { activeTab, type Tab } from './tabs.ts';

/** Copies the open request as a cURL command; the key is a variable in it. */
async function copyAsCurl(tab: Tab): Promise<void> {
  const { draft } = tab;
  try {
    const request = await getApi()['requests.preview']({ draft: sendable(draft) });
    copyText(
      toCurl(request, draft.provider),
      draft.keyId ? messages.curlCopied(keyVariable(draft.provider)) : messages.copied,
    );
  } catch (error) {
    toast({ title: errorText(error), tone: 'danger' });
  }
}

/** Commands of the screen while it is in view. */
export function useExplorerCommands(): void {
  const view = useSettings()['output.view'];
  const active = () => activeTab(explorer.getState());
  const running = () => {
    const tab = active();
    return tab ? (explorer.getState().shown[tab.id]?.live ?? false) : false;
  };
  const withTab = (run: (tab: Tab) => void) => ({
    enabled: () => active() !== undefined,
    run: () => {
      const tab = active();
      if (tab) run(tab);
    },
  });
  const group: Command['group'] = 'Open request';
  useCommands([
    {
      id: 'explorer.send',
      group,
      title: messages.send,
      keys: '$mod+Enter',
      ...withTab((tab) => sendTab(tab.id)),
    },
    {
      id: 'explorer.stop',
      group,
      title: messages.stop,
      keys: 'Escape',
      ...withTab((tab) => stopRun(tab.id)),
      enabled: running,
    },
    {
      id: 'explorer.curl',
      group,
      title: messages.copyCurl,
      keys: '$mod+Shift+KeyC',
      ...withTab((tab) => void copyAsCurl(tab)),
    },
    {
      id: 'explorer.duplicate',
      group,
      title: messages.duplicate,
      keys: '$mod+KeyD',
      ...withTab(({ draft }) => openTab({ ...draft, name: messages.copyOf(draftTitle(draft)) })),
    },
    {
      id: 'explorer.url',
      group,
      title: messages.focusUrl,
      keys: '$mod+KeyL',
      ...withTab(() => {
        const input = document.getElementById(URL_INPUT);
        if (input instanceof HTMLInputElement) input.select();
        input?.focus();
      }),
    },
    {
      id: 'explorer.view',
      group,
      title: messages.toggleView,
      run: () => void setSetting('output.view', view === 'markdown' ? 'text' : 'markdown').catch(() => {}),
    },
    {
      id: 'explorer.close',
      group,
      title: messages.closeThis,
      keys: '$mod+KeyW',
      ...withTab((tab) => closeTab(tab.id)),
    },
    {
      id: 'explorer.reopen',
      group,
      title: messages.reopen,
      keys: '$mod+Shift+KeyT',
      enabled: () => explorer.getState().closed.length > 0,
      run: reopenTab,
    },
    { id: 'explorer.next', group, title: messages.nextTab, keys: 'Control+Tab', run: () => stepTab(1) },
    {
      id: 'explorer.previous',
      group,
      title: messages.previousTab,
      keys: 'Control+Shift+Tab',
      run: () => stepTab(-1),
    },
  ]);
}
