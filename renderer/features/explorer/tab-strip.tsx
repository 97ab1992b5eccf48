// The open requests. A list of buttons and not ARIA tabs: each has a second button, which a tab must not hold.
import { ChevronsRight, Plus, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useProvider } from '../../host/providers.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useOverflow } from '../../ui/use-overflow.ts';
import { draftTitle } from './drafts.ts';
import {
  activateTab,
  closeTab,
  type ExplorerState,
  moveTab,
  stepTab,
  useExplorer,
} from './explorer-store.ts';
import { messages } from './messages.ts';
import { isChanged, type Tab } from './tabs.ts';

export function TabStrip({ onNew }: { onNew: () => void }) {
  const tabs = useExplorer((state) => state.tabs);
  const active = useExplorer((state) => state.active);
  const list = useRef<HTMLUListElement>(null);
  const { overflows, mask } = useOverflow(list);

  const width = useExplorer((state) =>
    widthOf(
      state.tabs.find((tab) => tab.id === active),
      state.shown,
    ),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the active tab is in view, whole, also when it gets wider
  useEffect(() => {
    const strip = list.current;
    const tab = strip?.querySelector('[aria-current]')?.closest('li');
    if (!strip || !tab) return;
    const reveal = () => tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    reveal();
    const observer = new ResizeObserver(reveal);
    observer.observe(strip);
    return () => observer.disconnect();
  }, [active, width, tabs.length]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined && event.altKey && active) moveTab(active, step);
    else if (step !== undefined) stepTab(step);
    else if (event.key === 'Delete' && active) closeTab(active);
    else return;
    event.preventDefault();
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-current]')?.focus());
  };

  return (
    <nav aria-label={messages.tabs} className="flex h-9 shrink-0 items-stretch border-b border-line bg-bg">
      <ul
        ref={list}
        onKeyDown={onKeyDown}
        // A wheel turns one way; the strip has no scrollbar to drag.
        onWheel={(event) => {
          if (event.deltaX === 0 && list.current) list.current.scrollLeft += event.deltaY;
        }}
        style={{ maskImage: mask }}
        className="flex min-w-0 overflow-x-auto [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <TabItem key={tab.id} tab={tab} active={tab.id === active} />
        ))}
      </ul>
      <div className="flex items-center px-1.5">
        {overflows && (
          <Menu
            align="end"
            trigger={<IconButton icon={ChevronsRight} size="sm" label={messages.allTabs(tabs.length)} />}
            groups={[
              {
                items: tabs.map((tab) => ({
                  id: tab.id,
                  label: draftTitle(tab.draft),
                  checked: tab.id === active,
                  onSelect: () => activateTab(tab.id),
                })),
              },
            ]}
          />
        )}
        <IconButton icon={Plus} size="sm" label={messages.newRequest} kbd="$mod+KeyT" onClick={onNew} />
      </div>
    </nav>
  );
}

/** What the width of a tab follows from. */
const widthOf = (tab: Tab | undefined, shown: ExplorerState['shown']): string =>
  tab ? `${draftTitle(tab.draft)} ${isChanged(tab) || (shown[tab.id]?.live ?? false)}` : '';

function TabItem({ tab, active }: { tab: Tab; active: boolean }) {
  const provider = useProvider(tab.draft.provider);
  const live = useExplorer((state) => state.shown[tab.id]?.live ?? false);
  const title = draftTitle(tab.draft);
  const changed = isChanged(tab);
  return (
    <li
      className={cx(
        'group relative flex max-w-56 min-w-28 shrink-0 items-center gap-1 border-r border-line pr-1.5 before:absolute before:inset-x-0 before:top-0 before:h-0.5',
        active ? 'bg-panel before:bg-accent' : 'text-muted hover:bg-hover',
      )}
      onAuxClick={(event) => {
        if (event.button === 1) closeTab(tab.id);
      }}
    >
      <button
        type="button"
        aria-current={active ? 'page' : undefined}
        tabIndex={active ? 0 : -1}
        title={title}
        onClick={() => activateTab(tab.id)}
        className="flex h-full min-w-0 flex-1 items-center gap-2 pl-3 text-sm outline-offset-[-3px]"
      >
        {provider && <ProviderBadge letter={provider.letter} accent={provider.accent} name={provider.name} />}
        <span className={cx('truncate', active && 'text-fg')}>{title}</span>
        {(changed || live) && (
          <span className={cx('size-1.5 shrink-0 rounded-full', live ? 'bg-success' : 'bg-muted')}>
            <span className="sr-only">{live ? messages.streaming : messages.changed}</span>
          </span>
        )}
      </button>
      <IconButton
        icon={X}
        size="sm"
        label={messages.closeTab(title)}
        tabIndex={active ? 0 : -1}
        onClick={() => closeTab(tab.id)}
        className={active ? '' : 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100'}
      />
    </li>
  );
}
