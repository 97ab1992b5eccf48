// The events under their column heads. It may hold hundreds of thousands; only those in view are in the DOM.
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { movedIndex } from '../ui/list-keys.ts';
import type { EventMatches } from './event-filter.ts';
import { EventRows, ROW_HEIGHT } from './event-rows.ts';
import { pageScheduler } from './flush-scheduler.ts';
import { messages } from './messages.ts';
import type { Pane } from './pane.ts';

export interface EventListHandle {
  /** Moves to a row and gives the list the focus. */
  goTo: (position: number) => void;
}

export interface EventListProps {
  ref?: Ref<EventListHandle>;
  pane: Pane;
  matches: EventMatches;
  /** Position in `matches` of the row under the keyboard; -1: none. */
  cursor: number;
  onCursor: (position: number) => void;
  onOpen: (position: number) => void;
  /** Stay at the newest event. */
  follow: boolean;
  onFollow: (follow: boolean) => void;
}

/** j k ↑ ↓ PageUp PageDown Home End move, Enter or a double click opens. */
export function EventList(props: EventListProps) {
  const { pane, matches, cursor, onCursor, onOpen, onFollow } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const view = useRef({ top: 0, height: 0 });
  const redraw = useRef(() => {});
  // A stored answer is read from its first event; a live one stays at its last also when that was the end.
  const follow = props.follow && pane.startedAt !== null;
  const now = useRef({ cursor, follow });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const rows = new EventRows(element, id, (position) => pane.events.row(matches.row(position)));
    const draw = () => {
      const count = matches.update();
      const { height } = view.current;
      const end = Math.max(0, count * ROW_HEIGHT - height);
      const top = now.current.follow ? end : Math.min(view.current.top, end);
      rows.draw({ count, cursor: now.current.cursor, top, height });
      if (now.current.follow && height > 0) pageScheduler().scrollToEnd(element);
      mark(element, count, now.current.cursor, rows);
    };
    const onScroll = () => {
      view.current.top = element.scrollTop;
      draw();
    };
    const observer = new ResizeObserver(() => {
      view.current.height = element.clientHeight;
      draw();
    });
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    const unsubscribe = pane.subscribe(draw);
    redraw.current = draw;
    draw();
    return () => {
      unsubscribe();
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      rows.dispose();
    };
  }, [pane, matches, id]);

  useEffect(() => {
    now.current = { cursor, follow };
    redraw.current();
  }, [cursor, follow]);

  const moveTo = (position: number) => {
    onFollow(false);
    onCursor(position);
    reveal(scroller.current, position);
  };
  useImperativeHandle(props.ref, () => ({
    goTo: (position) => {
      scroller.current?.focus();
      moveTo(position);
    },
  }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.floor(view.current.height / ROW_HEIGHT);
    const to = movedIndex(event.key, cursor, matches.update(), page);
    if (to !== null) moveTo(to);
    else if (event.key === 'Enter' && cursor >= 0) onOpen(cursor);
    else return;
    event.preventDefault();
  };
  const positionAt = (clientY: number): number => {
    const element = scroller.current;
    if (!element) return -1;
    const position = Math.floor(
      (clientY - element.getBoundingClientRect().top + element.scrollTop) / ROW_HEIGHT,
    );
    return position < matches.update() ? position : -1;
  };

  return (
    <div className="event-list flex min-h-0 min-w-0 flex-1 flex-col">
      <ColumnHeads />
      <div
        ref={scroller}
        role="listbox"
        aria-label={messages.timeline}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onWheel={(event) => {
          if (event.deltaY < 0 && follow) onFollow(false);
        }}
        onClick={(event) => {
          const position = positionAt(event.clientY);
          if (position >= 0) moveTo(position);
        }}
        onDoubleClick={() => {
          if (cursor >= 0) onOpen(cursor);
        }}
        className="relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-offset-[-2px] [contain:strict]"
      />
    </div>
  );
}

// The row under the keyboard can only be named while it is in the DOM.
function mark(element: HTMLElement, count: number, cursor: number, rows: EventRows): void {
  const id = cursor >= 0 && cursor < count ? rows.rowId(cursor) : '';
  if (id && document.getElementById(id)) element.setAttribute('aria-activedescendant', id);
  else element.removeAttribute('aria-activedescendant');
}

function ColumnHeads() {
  const { index, gap, event, data } = messages.columns;
  return (
    <div aria-hidden="true" className="event-row event-heads">
      <span>{index}</span>
      <span className="event-gap">{gap}</span>
      <span>{event}</span>
      <span>{data}</span>
    </div>
  );
}

function reveal(scroller: HTMLElement | null, position: number): void {
  if (!scroller) return;
  const top = position * ROW_HEIGHT;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + ROW_HEIGHT > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = top + ROW_HEIGHT - scroller.clientHeight;
  }
}
