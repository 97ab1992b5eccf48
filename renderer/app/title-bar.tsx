import { Monitor, Moon, PanelBottom, PanelLeft, Search, Sun } from 'lucide-react';
import { setSetting, useSettings } from '../host/settings.ts';
import { useSidebarShown, useTimelineShown } from '../host/view.ts';
import type { ScreenId } from '../ui/feature.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { ariaKeys } from '../ui/key-caps.ts';
import { Mark } from './mark.tsx';
import { messages } from './messages.ts';
import { nextTheme } from './theme.ts';

const THEME_ICON = { system: Monitor, dark: Moon, light: Sun };

export interface TitleBarProps {
  screen: ScreenId;
  hasSidebar: boolean;
  onOpenPalette: () => void;
}

export function TitleBar({ screen, hasSidebar, onOpenPalette }: TitleBarProps) {
  const theme = useSettings()['appearance.theme'];
  const [sidebar, setSidebar] = useSidebarShown();
  const [timeline, setTimeline] = useTimelineShown();
  return (
    <header className="grid h-10 shrink-0 grid-cols-[minmax(0,1fr)_minmax(140px,440px)_minmax(0,1fr)] items-center gap-2 border-b border-line px-3">
      <div className="flex min-w-0 items-center gap-2.5">
        <Mark />
        <h1 className="truncate text-sm font-medium">{messages.appName}</h1>
      </div>
      <button
        type="button"
        onClick={onOpenPalette}
        aria-keyshortcuts={ariaKeys('$mod+KeyK')}
        className="flex h-7 min-w-0 items-center gap-2 rounded-md border border-line-strong bg-panel px-2.5 text-muted hover:bg-hover"
      >
        <Search size={14} aria-hidden="true" className="shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">{messages.search}</span>
        <Kbd keys="$mod+KeyK" />
      </button>
      <div className="flex items-center justify-end gap-1">
        {hasSidebar && (
          <IconButton
            icon={PanelLeft}
            label={messages.toggleSidebar}
            kbd="$mod+KeyB"
            aria-expanded={sidebar}
            onClick={() => setSidebar((shown) => !shown)}
          />
        )}
        {screen === 'explorer' && (
          <IconButton
            icon={PanelBottom}
            label={messages.toggleTimeline}
            kbd="$mod+KeyJ"
            aria-expanded={timeline}
            onClick={() => setTimeline((shown) => !shown)}
          />
        )}
        <IconButton
          icon={THEME_ICON[theme]}
          label={messages.theme[theme]}
          onClick={() => void setSetting('appearance.theme', nextTheme(theme)).catch(() => {})}
        />
      </div>
    </header>
  );
}
