import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useBooted } from '../host/boot.ts';
import { reconnectNow, takeOver, useConnection } from '../host/connection.ts';
import { queryClient } from '../host/queries.ts';
import { useSettings } from '../host/settings.ts';
import { readPersisted, useLayoutEpoch, writePersisted } from '../host/ui-state.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type LayoutMemory, LayoutMemoryContext, type PaneSizes } from '../ui/layout-memory.ts';
import { styleNonce } from '../ui/nonce.ts';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { Frame } from './frame.tsx';
import { messages } from './messages.ts';
import { NavigationProvider } from './navigation-provider.tsx';
import { applyTheme } from './theme.ts';

/** The whole window with its providers. */
export function App() {
  const booted = useBooted();
  const epoch = useLayoutEpoch();
  const memory = useMemo<LayoutMemory>(
    () => ({
      read: (id) => readPersisted<PaneSizes>(`split.${id}`),
      write: (id, sizes) => writePersisted(`split.${id}`, sizes),
      epoch,
    }),
    [epoch],
  );
  const nonce = useMemo(styleNonce, []);
  return (
    <CSPProvider nonce={nonce}>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <LayoutMemoryContext value={memory}>
            <ThemeKeeper />
            {booted ? (
              <NavigationProvider>
                <Frame />
              </NavigationProvider>
            ) : (
              <NotConnected />
            )}
          </LayoutMemoryContext>
        </TooltipProvider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

function ThemeKeeper() {
  const booted = useBooted();
  const theme = useSettings()['appearance.theme'];
  useEffect(() => {
    if (booted) applyTheme(theme);
  }, [booted, theme]);
  return null;
}

/** Instead of the frame when not even the first connection came about. */
function NotConnected() {
  const connection = useConnection();
  const look = {
    connecting: { title: messages.connecting, text: '', action: null },
    ready: { title: messages.connecting, text: '', action: null },
    lost: {
      title: messages.refused.title,
      text: 'message' in connection ? connection.message : '',
      action: reconnectNow,
    },
    elsewhere: { title: messages.elsewhere.title, text: '', action: takeOver },
    refused: {
      title: messages.refused.title,
      text: 'message' in connection ? connection.message : '',
      action: () => location.reload(),
    },
  }[connection.state];
  const label = {
    lost: messages.lost.action,
    elsewhere: messages.elsewhere.action,
    refused: messages.refused.action,
    connecting: '',
    ready: '',
  }[connection.state];
  return (
    <main className="h-full">
      <h1 className="sr-only">{messages.appName}</h1>
      <EmptyState
        title={look.title}
        text={look.text}
        actions={look.action && <Button onClick={look.action}>{label}</Button>}
      />
    </main>
  );
}
