import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { Group, Panel, type PanelImperativeHandle, Separator } from 'react-resizable-panels';
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
  const handles = useRef(new Map<string, PanelImperativeHandle>());
  const latest = useRef(panes);
  useEffect(() => {
    latest.current = panes;
  });

  const { epoch, read, write } = memory;
  const seen = useRef(epoch);
  useEffect(() => {
    if (seen.current === epoch) return;
    seen.current = epoch;
    sizes.current = read(id) ?? {};
    for (const pane of latest.current) {
      const size = firstSize(pane, sizes.current);
      if (size !== undefined) handles.current.get(pane.id)?.resize(size);
    }
  }, [epoch, read, id]);

  // Asked of the panes a frame later: the library tells of a new layout before it is on screen.
  const keep = () =>
    requestAnimationFrame(() => {
      for (const pane of latest.current) {
        const size = handles.current.get(pane.id)?.getSize();
        if (size)
          sizes.current[pane.id] = pane.fixed
            ? Math.round(size.inPixels)
            : Number(size.asPercentage.toFixed(2));
      }
      write(id, { ...sizes.current });
    });
  return (
    <Group
      orientation={orientation}
      className={className}
      onLayoutChanged={(_layout, meta) => {
        if (meta.isUserInteraction) keep();
      }}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 && <Separator aria-label={pane.handleLabel ?? `Resize ${pane.id}`} />}
          <Panel
            id={`${id}:${pane.id}`}
            panelRef={(handle) => {
              if (handle) handles.current.set(pane.id, handle);
              else handles.current.delete(pane.id);
            }}
            defaultSize={firstSize(pane, sizes.current)}
            minSize={pane.min}
            maxSize={pane.max}
            groupResizeBehavior={pane.fixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
            className="flex min-h-0 min-w-0 flex-col overflow-hidden!"
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}

function firstSize(pane: SplitPaneItem, kept: PaneSizes): number | string | undefined {
  const size = kept[pane.id];
  if (size === undefined) return pane.size;
  return pane.fixed ? size : `${size}%`;
}
