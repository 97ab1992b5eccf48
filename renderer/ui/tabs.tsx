import { Tabs as Base } from '@base-ui/react/tabs';
import { ChevronsRight } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';
import { Menu } from './menu.tsx';
import { useOverflow } from './use-overflow.ts';

export interface TabItem<T extends string> {
  id: T;
  label: string;
  /** Badge behind the label; `0` is shown, `undefined` is not. */
  count?: number | undefined;
  content: ReactNode;
  /** Stays mounted while another tab is shown (stream panes, editors with unsaved text). */
  keepMounted?: boolean;
}

export interface TabsProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  tabs: readonly TabItem<T>[];
  /** Name of the tab list. */
  label: string;
  /** At the right end of the strip. */
  trailing?: ReactNode;
  /** Between the strip and the panel: a status line, a banner. */
  below?: ReactNode;
  className?: string | undefined;
  panelClassName?: string | undefined;
}

/** Views of one thing, strip of 36 px. Arrow keys move, Enter or Space opens; a menu holds all when not all fit. */
export function Tabs<T extends string>({
  value,
  onChange,
  tabs,
  label,
  trailing,
  below,
  className,
  panelClassName,
}: TabsProps<T>) {
  const strip = useRef<HTMLDivElement>(null);
  const { overflows, mask } = useOverflow(strip);
  // biome-ignore lint/correctness/useExhaustiveDependencies: also a tab that was chosen elsewhere comes into view
  useEffect(() => {
    const chosen = strip.current?.querySelector('[aria-selected=true]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [value, overflows]);
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={cx('flex min-h-0 min-w-0 flex-col', className)}
    >
      <div className="flex h-9 shrink-0 items-center border-b border-line pr-2">
        <Base.List
          ref={strip}
          aria-label={label}
          style={{ maskImage: mask }}
          activateOnFocus={false}
          // `relative`: Base UI brings the active tab into view by offsets from the strip.
          className="relative flex h-full min-w-0 overflow-x-auto px-1.5 [scrollbar-width:none]"
        >
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.id}
              value={tab.id}
              className="relative flex h-full shrink-0 items-center gap-1.5 px-2 text-sm text-muted outline-offset-[-3px] select-none after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:bg-accent after:opacity-0 hover:text-fg data-active:font-medium data-active:text-fg data-active:after:opacity-100"
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="rounded-sm bg-hover px-1 font-mono text-3xs leading-4 text-muted">
                  {tab.count}
                </span>
              )}
            </Base.Tab>
          ))}
        </Base.List>
        {overflows && (
          <Menu
            trigger={<IconButton icon={ChevronsRight} size="sm" label={`All of ${label}`} />}
            groups={[
              {
                items: tabs.map((tab) => ({
                  id: tab.id,
                  label: tab.label,
                  ...(tab.count === undefined ? {} : { hint: String(tab.count) }),
                  checked: tab.id === value,
                  onSelect: () => onChange(tab.id),
                })),
              },
            ]}
          />
        )}
        {trailing && <div className="ml-auto flex shrink-0 items-center gap-1 pl-2">{trailing}</div>}
      </div>
      {below}
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.id}
          value={tab.id}
          keepMounted={tab.keepMounted}
          className={cx('min-h-0 flex-1 [&[hidden]]:hidden', panelClassName ?? 'overflow-auto')}
        >
          <Suspense>{tab.content}</Suspense>
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
