import { Fragment, type ReactNode, useRef } from 'react';
import { Group, Panel, type PanelSize, Separator } from 'react-resizable-panels';
import { type PaneSizes, useLayoutMemory } from './layout-memory.ts';

export interface SplitPaneItem {
  id: string;
  content: ReactNode;
  /** First size: a number is pixels, `"45%"` a share. */
  size?: number | string;
  min?: number | string;
  max?: number | string;
  /** Keeps its pixels when the window grows (sidebars); at least one pane of a group must not. */
  fixed?: boolean;
  /** Name of the handle before this pane; default `Resize <id>`. */
  handleLabel?: string;
}

export interface SplitPaneProps {
  /** Unique in the app, e.g. `explorer.main`: the key under which the sizes are kept. */
  id: string;
  /** `horizontal`: panes side by side. */
  orientation: 'horizontal' | 'vertical';
  /** Panes that are not to be seen are left out; the others keep their proportions. */
  panes: readonly SplitPaneItem[];
  className?: string | undefined;
}

/** Panes with draggable, keyboard-operable handles (arrow keys, Home, End, double click resets). Sizes are kept. */
export function SplitPane({ id, orientation, panes, className }: SplitPaneProps) {
  const memory = useLayoutMemory();
  const sizes = useRef<PaneSizes>(memory.read(id) ?? {});
  const shown = panes.map((pane) => pane.id).join();

  const keep = (pane: SplitPaneItem, size: PanelSize) => {
    sizes.current[pane.id] = pane.fixed ? Math.round(size.inPixels) : Number(size.asPercentage.toFixed(2));
  };
  const first = (pane: SplitPaneItem): number | string | undefined => {
    const kept = sizes.current[pane.id];
    if (kept === undefined) return pane.size;
    return pane.fixed ? kept : `${kept}%`;
  };

  return (
    <Group
      // A new set of panes is a new layout; without the key the library would stretch the old one.
      key={shown}
      orientation={orientation}
      className={className}
      onLayoutChanged={(_layout, meta) => {
        if (meta.isUserInteraction) memory.write(id, { ...sizes.current });
      }}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 && <Separator aria-label={pane.handleLabel ?? `Resize ${pane.id}`} />}
          <Panel
            id={pane.id}
            defaultSize={first(pane)}
            minSize={pane.min}
            maxSize={pane.max}
            groupResizeBehavior={pane.fixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
            onResize={(size) => keep(pane, size)}
            className="flex min-h-0 min-w-0 flex-col overflow-hidden!"
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
