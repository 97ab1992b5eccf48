import { FlaskConical, Plus, Send } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { useIntent } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { preloadMarkdown } from '../../stream/model-output.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { preloadCodeView } from '../../ui/code-view.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pane } from '../../ui/pane.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import {
  explorer,
  openStored,
  openTab,
  restoreExplorer,
  sendTab,
  useActiveTab,
  useExplorer,
} from './explorer-store.ts';
import { messages } from './messages.ts';
import { demoDraft, openNew } from './new-request.ts';
import { RequestBar } from './request-bar.tsx';
import { RequestPane } from './request-pane.tsx';
import { ResponsePane } from './response/response-pane.tsx';
import { TabStrip } from './tab-strip.tsx';
import type { Tab } from './tabs.ts';
import { useExplorerCommands } from './use-explorer-commands.ts';
import { useRequest } from './use-request.ts';

const KnownKeyDialog = lazy(async () => ({
  default: (await import('./known-key-dialog.tsx')).KnownKeyDialog,
}));

export function ExplorerMain() {
  const providers = useProviders();
  const tab = useActiveTab();
  const asking = useExplorer((state) => state.held !== null);
  useEffect(() => restoreExplorer(() => demoDraft(providers)), [providers]);
  useExplorerCommands();
  useIntent('openDraft', ({ draft, historyId, send }) => {
    if (historyId === undefined || send) openTab(draft);
    else openStored(historyId, draft);
    const opened = explorer.getState().active;
    if (send && opened) sendTab(opened);
  });
  usePreload();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TabStrip onNew={() => openNew(providers)} />
      {tab ? <OpenRequest key={tab.id} tab={tab} /> : <NoTabs />}
      {asking && (
        <Suspense>
          <KnownKeyDialog />
        </Suspense>
      )}
    </div>
  );
}

function OpenRequest({ tab }: { tab: Tab }) {
  const request = useRequest(tab.draft);
  const unkept = useExplorer((state) => state.unkept.includes(tab.id));
  return (
    <>
      <Pane label={messages.requestBar} className="shrink-0">
        <RequestBar tab={tab} request={request} />
        {unkept && <Banner tone="warn" title={messages.unkept} />}
      </Pane>
      <SplitPane
        id="explorer.main"
        orientation="horizontal"
        className="min-h-0 flex-1"
        panes={[
          { id: 'request', size: '38%', min: 320, content: <RequestPane tab={tab} request={request} /> },
          { id: 'response', min: 320, content: <ResponsePane tab={tab} /> },
        ]}
      />
    </>
  );
}

function NoTabs() {
  const providers = useProviders();
  return (
    <EmptyState
      icon={Send}
      title={messages.noTabs}
      text={messages.noTabsText}
      actions={
        <>
          <Button icon={Plus} kbd="$mod+KeyT" onClick={() => openNew(providers)}>
            {messages.newRequest}
          </Button>
          <Button
            variant="primary"
            icon={FlaskConical}
            onClick={() => {
              const draft = demoDraft(providers);
              if (draft) openTab(draft);
            }}
          >
            {messages.tryDemo}
          </Button>
        </>
      }
      shortcuts={[
        { keys: '$mod+KeyT', label: messages.newRequest },
        { keys: '$mod+Shift+KeyT', label: messages.reopen },
        { keys: '$mod+KeyK', label: messages.searchAll },
        { keys: '$mod+Digit4', label: messages.openRecent },
      ]}
    />
  );
}

// The lazy chunks that the first answer and the first look at the body need, once the window is idle.
function usePreload(): void {
  useEffect(() => {
    const id = requestIdleCallback(() => {
      preloadCodeView();
      preloadMarkdown().catch(() => {}); // asked for again when it is needed
    });
    return () => cancelIdleCallback(id);
  }, []);
}
