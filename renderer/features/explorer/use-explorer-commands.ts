// Keys and palette entries of the screen.
import { errorText, getApi } from '../../host/api.ts';
import { setSetting, useSettings } from '../../host/settings.ts';
import { useCommands } from '../../ui/commands.ts';
import { copyText } from '../../ui/copy-text.ts';
import { toast } from '../../ui/toast.tsx';
import { COMMANDS } from './command-list.ts';
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
      ...(draft.keyId ? [messages.curlCopied(keyVariable(draft.provider))] : []),
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
  useCommands([
    { ...COMMANDS.send, ...withTab((tab) => sendTab(tab.id)) },
    { ...COMMANDS.stop, ...withTab((tab) => stopRun(tab.id)), enabled: running },
    { ...COMMANDS.curl, ...withTab((tab) => void copyAsCurl(tab)) },
    {
      ...COMMANDS.duplicate,
      ...withTab(({ draft }) => openTab({ ...draft, name: messages.copyOf(draftTitle(draft)) })),
    },
    {
      ...COMMANDS.url,
      ...withTab(() => {
        const input = document.getElementById(URL_INPUT);
        if (input instanceof HTMLInputElement) input.select();
        input?.focus();
      }),
    },
    {
      ...COMMANDS.view,
      run: () => void setSetting('output.view', view === 'markdown' ? 'text' : 'markdown').catch(() => {}),
    },
    { ...COMMANDS.close, ...withTab((tab) => closeTab(tab.id)) },
    {
      ...COMMANDS.reopen,
      enabled: () => explorer.getState().closed.length > 0,
      run: reopenTab,
    },
    { ...COMMANDS.next, run: () => stepTab(1) },
    { ...COMMANDS.previous, run: () => stepTab(-1) },
  ]);
}
