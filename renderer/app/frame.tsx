import { Activity, lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useScanner } from '../host/scanner.ts';
import { useAppStatus } from '../host/status.ts';
import { useSidebarShown } from '../host/view.ts';
import type { Feature, ScreenId } from '../ui/feature.ts';
import { preloadScreens } from '../ui/lazy-screen.ts';
import { PortalProvider } from '../ui/portal.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { SplitPane, type SplitPaneItem } from '../ui/split-pane.tsx';
import { ToastViewport } from '../ui/toast.tsx';
import { AppCommands } from './app-commands.tsx';
import { Banners } from './banners.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { features } from './features.ts';
import { messages } from './messages.ts';
import { useScreen } from './navigation-provider.tsx';
import { PaletteSources } from './palette/palette-sources.tsx';
import { keepTyped } from './palette/typed-ahead.ts';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';

const loadPalette = () => import('./palette/palette.tsx');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));

const loadSheet = () => import('./shortcut-sheet.tsx');
const ShortcutSheet = lazy(async () => ({ default: (await loadSheet()).ShortcutSheet }));

/** The window: title bar, rail, sidebar and screen, status bar. */
export function Frame() {
  const [screen, setScreen] = useScreen();
  const [sidebarShown] = useSidebarShown();
  const [layer, setLayer] = useState<{ kind: 'palette'; prefix: string } | { kind: 'sheet' } | null>(null);
  const attention = useAttention();
  const current = features.find((feature) => feature.id === screen);
  const close = () => setLayer(null);
  const openPalette = (prefix: string) => {
    if (layer?.kind !== 'palette') keepTyped();
    setLayer({ kind: 'palette', prefix });
  };
  useEffect(() => {
    // The palette at once: it must be there for the first Ctrl K. The rest when the thread is free.
    void loadPalette();
    const idle = requestIdleCallback(() => void loadSheet().then(preloadScreens), { timeout: 3000 });
    return () => cancelIdleCallback(idle);
  }, []);

  const panes: SplitPaneItem[] = [{ id: 'screen', min: 320, content: <Screens screen={screen} /> }];
  if (current?.Sidebar && sidebarShown)
    panes.unshift({
      id: 'sidebar',
      size: 240,
      min: 180,
      max: 420,
      fixed: true,
      content: <Sidebars screen={screen} title={current.title} />,
    });

  return (
    <div className="flex h-full flex-col bg-bg text-fg">
      <TitleBar
        screen={screen}
        hasSidebar={current?.Sidebar !== undefined}
        onOpenPalette={() => openPalette('')}
      />
      <div className="flex min-h-0 flex-1">
        <Rail features={features} screen={screen} attention={attention} onGo={setScreen} />
        <main className="relative flex min-w-0 flex-1 flex-col overflow-clip">
          <PortalProvider>
            <Banners />
            <SplitPane id="frame" orientation="horizontal" panes={panes} className="min-h-0 flex-1" />
            <Suspense>
              {layer?.kind === 'palette' && <Palette prefix={layer.prefix} onClose={close} />}
              {layer?.kind === 'sheet' && <ShortcutSheet open onClose={close} />}
            </Suspense>
            <ToastViewport />
          </PortalProvider>
        </main>
      </div>
      <StatusBar />
      <AppCommands onPalette={openPalette} onSheet={() => setLayer({ kind: 'sheet' })} />
      <PaletteSources />
      {features.map(
        ({ id, Background }) =>
          // Each by itself: the keys of one must not wait for the chunk of another.
          Background && (
            <Suspense key={id}>
              <Background />
            </Suspense>
          ),
      )}
    </div>
  );
}

/** Visited screens stay mounted, hidden: coming back is one frame and nothing typed is lost. */
function useVisited(screen: ScreenId): readonly Feature[] {
  const [visited, setVisited] = useState<ReadonlySet<ScreenId>>(new Set([screen]));
  if (!visited.has(screen)) setVisited(new Set([...visited, screen]));
  return features.filter((feature) => visited.has(feature.id) || feature.id === screen);
}

function Screens({ screen }: { screen: ScreenId }) {
  return useVisited(screen).map(({ id, Main }) => (
    <Activity key={id} mode={id === screen ? 'visible' : 'hidden'}>
      <div className="flex min-h-0 flex-1 flex-col bg-panel">
        <ErrorBoundary>
          <Suspense fallback={<Loading />}>
            <Main />
          </Suspense>
        </ErrorBoundary>
      </div>
    </Activity>
  ));
}

function Sidebars({ screen, title }: { screen: ScreenId; title: string }) {
  return (
    <section
      aria-label={messages.sidebarOf(title)}
      data-pane=""
      tabIndex={-1}
      className="flex min-h-0 flex-1 flex-col"
    >
      <h2 className="sr-only">{messages.sidebarOf(title)}</h2>
      {useVisited(screen).map(
        ({ id, Sidebar }) =>
          Sidebar && (
            <Activity key={id} mode={id === screen ? 'visible' : 'hidden'}>
              <div className="flex min-h-0 flex-1 flex-col">
                <ErrorBoundary>
                  <Suspense>
                    <Sidebar />
                  </Suspense>
                </ErrorBoundary>
              </div>
            </Activity>
          ),
      )}
    </section>
  );
}

const Loading = () => (
  <div className="grid flex-1 place-items-center">
    <Spinner label={messages.loading} showLabel />
  </div>
);

/** Screens with a dot: Keys while the keychain is not ready and no fallback stands in. */
function useAttention(): ReadonlySet<ScreenId> {
  const keychain = useAppStatus()?.keychain;
  const nowhere =
    keychain !== undefined && !['ready', 'probing'].includes(keychain.state) && keychain.writesTo === null;
  const leaked = (useScanner()?.keys.length ?? 0) > 0;
  return useMemo(() => {
    const screens = new Set<ScreenId>();
    if (nowhere) screens.add('keys');
    if (leaked) screens.add('scanner');
    return screens;
  }, [nowhere, leaked]);
}
