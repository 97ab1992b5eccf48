// A list of rows of one height that draws only those in view: 100,000 rows cost as much as 30.
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { cx } from './cx.ts';
import { movedIndex } from './list-keys.ts';

export interface FixedRowListHandle {
  /** Brings a row into view with as little scrolling as possible. */
  reveal(index: number): void;
  focus(): void;
  element: HTMLElement | null;
}

export interface FixedRowListProps {
  /** Name of the list. */
  label: string;
  count: number;
  /** Pixels; 28 for rows with controls, 24 for event rows. */
  rowHeight: number;
  /** Content of row `index`. Called for rows in view only; keep it cheap. */
  row: (index: number, state: { active: boolean }) => ReactNode;
  /** Stable key of a row; default its index. */
  rowKey?: ((index: number) => string | number) | undefined;
  /** Row under the keyboard, −1 for none. Leave out to let the list keep it. */
  active?: number | undefined;
  onActiveChange?: ((index: number) => void) | undefined;
  /** Enter or double click. */
  onOpen?: ((index: number) => void) | undefined;
  /** Space. */
  onMark?: ((index: number) => void) | undefined;
  /** Other keys while the list is focused, e.g. Delete; return true when handled. */
  onKey?: ((event: KeyboardEvent, index: number) => boolean | undefined) | undefined;
  /** Called as the last rows come into view: time for the next page. */
  onNearEnd?: (() => void) | undefined;
  /** Called with the rows in view, the second not included: time to fetch them. */
  onView?: ((first: number, until: number) => void) | undefined;
  /** Called after each scroll with `true` at the very bottom (to follow a tail). */
  onScroll?: ((atEnd: boolean) => void) | undefined;
  /** Classes of row `index`, besides selection. */
  rowClassName?: ((index: number) => string | undefined) | undefined;
  ref?: Ref<FixedRowListHandle> | undefined;
  className?: string | undefined;
}

const OVERSCAN = 6;

/** j k ↑ ↓ PageUp PageDown Home End move, Enter opens, Space marks. One tab stop; rows are options. */
export function FixedRowList(props: FixedRowListProps) {
  const {
    label,
    count,
    rowHeight,
    row,
    rowKey,
    onOpen,
    onMark,
    onKey,
    onNearEnd,
    onView,
    onScroll,
    rowClassName,
    ref,
    className,
  } = props;
  const [own, setOwn] = useState(-1);
  const active = Math.min(props.active ?? own, count - 1);
  const [view, setView] = useState({ first: 0, rows: 30 });
  const element = useRef<HTMLDivElement>(null);
  const id = useId();

  const measure = () => {
    const el = element.current;
    if (!el || el.clientHeight === 0) return; // hidden by Activity: keep what was seen
    const first = Math.floor(el.scrollTop / rowHeight);
    const rows = Math.ceil(el.clientHeight / rowHeight) + 1;
    setView((old) => (old.first === first && old.rows === rows ? old : { first, rows }));
  };
  const measureNow = useRef(measure);
  measureNow.current = measure;

  useLayoutEffect(() => {
    const el = element.current;
    if (!el) return;
    const observer = new ResizeObserver(() => measureNow.current());
    observer.observe(el);
    measureNow.current();
    return () => observer.disconnect();
  }, []);

  const lastInView = view.first + view.rows;
  useEffect(() => {
    if (count > 0 && lastInView >= count - 10) onNearEnd?.();
  }, [count, lastInView, onNearEnd]);

  useEffect(() => {
    if (count > 0) onView?.(Math.min(view.first, count - 1), Math.min(lastInView, count));
  }, [count, view.first, lastInView, onView]);

  const reveal = (index: number) => {
    const el = element.current;
    if (!el || index < 0) return;
    const top = index * rowHeight;
    if (top < el.scrollTop) el.scrollTop = top;
    else if (top + rowHeight > el.scrollTop + el.clientHeight)
      el.scrollTop = top + rowHeight - el.clientHeight;
  };
  const activate = (index: number) => {
    if (props.active === undefined) setOwn(index);
    props.onActiveChange?.(index);
    reveal(index);
  };
  useImperativeHandle(ref, () => ({
    reveal,
    focus: () => element.current?.focus(),
    element: element.current,
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    // A control inside a row keeps its own keys.
    if (event.target !== event.currentTarget) return;
    if (onKey?.(event, active)) return event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = movedIndex(event.key, active, count, view.rows - 1);
    if (to !== null) activate(to);
    else if (event.key === 'Enter' && active >= 0 && onOpen) onOpen(active);
    else if (event.key === ' ' && active >= 0 && onMark) onMark(active);
    else return;
    event.preventDefault();
  };

  const from = Math.max(0, Math.min(view.first - OVERSCAN, count - 1));
  const until = Math.min(count, lastInView + OVERSCAN);
  const shown = Array.from({ length: Math.max(0, until - from) }, (_, n) => from + n);
  return (
    <div
      ref={element}
      role="listbox"
      aria-label={label}
      aria-activedescendant={active >= from && active < until ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        measure();
        const el = event.currentTarget;
        onScroll?.(el.scrollHeight - el.scrollTop - el.clientHeight < 2);
      }}
      className={cx('relative overflow-auto [contain:strict]', className)}
    >
      {/* Below the list's own focus ring, which the chosen row would else interrupt. */}
      <div role="presentation" style={{ height: count * rowHeight }} className="relative -z-1">
        {shown.map((index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the list is the tab stop (aria-activedescendant)
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's
          <div
            key={rowKey?.(index) ?? index}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            aria-posinset={index + 1}
            aria-setsize={count}
            style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
            onClick={() => activate(index)}
            onDoubleClick={() => onOpen?.(index)}
            className={cx(
              'absolute inset-x-0 top-0',
              index === active ? 'bg-selected' : 'hover:bg-hover',
              rowClassName?.(index),
            )}
          >
            {row(index, { active: index === active })}
          </div>
        ))}
      </div>
    </div>
  );
}
