// The one component that draws what a model wrote, live or stored, so that no path is without its sanitiser (S17).
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { pageScheduler } from './flush-scheduler.ts';
import { FollowTail } from './follow-tail.ts';
import { LINK_ATTRIBUTE } from './link-attribute.ts';
import { messages } from './messages.ts';
import type { OutputSink, Pane } from './pane.ts';
import { TextSink } from './text-sink.ts';
import './stream.css';

export type OutputView = 'markdown' | 'text';

export interface ModelOutputProps {
  pane: Pane;
  view: OutputView;
  /** Break long lines of plain text. Default true. */
  wrap?: boolean;
  /** Opens an https address outside the app; the address is already checked here and is checked again by core. */
  onOpenLink: (url: string) => void;
  label?: string;
  className?: string;
}

interface Mounted {
  sink: OutputSink;
  dispose: () => void;
}

/** Text of an answer; follows its end while it streams until the reader scrolls up. */
export function ModelOutput({ pane, view, wrap = true, onOpenLink, label, className }: ModelOutputProps) {
  const root = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const tail = useRef<FollowTail>(null);
  const [following, setFollowing] = useState(true);

  useLayoutEffect(() => {
    if (!root.current || !content.current) return;
    const follow = new FollowTail(root.current, pageScheduler());
    follow.listen(setFollowing);
    setFollowing(true);
    tail.current = follow;
    // A stored answer is read from its beginning; there is no tail to follow.
    if (pane.startedAt === null || pane.ended) follow.release();
    const stop = mount(pane, view, root.current, content.current, follow);
    return () => {
      stop();
      follow.dispose();
    };
  }, [pane, view]);

  useLinks(root, onOpenLink);

  return (
    <div className={cx('relative min-h-0 min-w-0', className)}>
      <div
        ref={root}
        role="log"
        aria-live="off"
        aria-label={label ?? messages.output}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
        tabIndex={0}
        className={cx('output-root', wrap || view === 'markdown' ? 'output-wrap' : 'output-nowrap')}
      >
        <div ref={content} className={view === 'markdown' ? 'output-content markdown' : 'output-content'} />
      </div>
      <JumpToLatest pane={pane} shown={!following} onJump={() => tail.current?.resume()} />
    </div>
  );
}

function JumpToLatest({ pane, shown, onJump }: { pane: Pane; shown: boolean; onJump: () => void }) {
  const streaming = useSyncExternalStore(pane.subscribe, () => pane.startedAt !== null && !pane.ended);
  if (!shown || !streaming) return null;
  return (
    <Button size="sm" icon={ArrowDown} onClick={onJump} className="absolute right-4 bottom-3 shadow-float">
      {messages.jumpToLatest}
    </Button>
  );
}

/** Loads the Markdown code ahead of its first use. */
export const preloadMarkdown = (): Promise<unknown> => import('./markdown-sink.ts');

// The Markdown code is a lazy chunk; until it is there nothing is drawn and nothing is lost, since a sink that is
// attached late first gets all text so far.
function mount(
  pane: Pane,
  view: OutputView,
  root: HTMLElement,
  content: HTMLElement,
  follow: FollowTail,
): () => void {
  let stopped = false;
  let stop = () => {};
  const attach = ({ sink, dispose }: Mounted) => {
    const detach = pane.attach(sink);
    stop = () => {
      detach();
      dispose();
    };
  };
  const caret = pane.ended ? null : newCaret();
  const options = { root: content, caret, onWrite: follow.onWrite };
  if (view === 'text') attach({ sink: new TextSink(options), dispose: () => {} });
  else {
    void import('./markdown-sink.ts').then(({ MarkdownSink }) => {
      if (stopped) return;
      const sink = new MarkdownSink({ ...options, scroller: root, tail: follow, scheduler: pageScheduler() });
      attach({ sink, dispose: () => sink.dispose() });
    });
  }
  return () => {
    stopped = true;
    stop();
    content.replaceChildren();
  };
}

function newCaret(): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'stream-caret';
  caret.setAttribute('aria-hidden', 'true');
  return caret;
}

// One listener for all links, present and future. Clicks never navigate: the page itself is the app.
function useLinks(root: React.RefObject<HTMLElement | null>, onOpenLink: (url: string) => void): void {
  const open = useRef(onOpenLink);
  useEffect(() => {
    open.current = onOpenLink;
  }, [onOpenLink]);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const act = (event: MouseEvent | KeyboardEvent) => {
      if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link) return;
      event.preventDefault();
      const url = link.getAttribute(LINK_ATTRIBUTE);
      if (url) open.current(url);
    };
    element.addEventListener('click', act);
    element.addEventListener('auxclick', act);
    element.addEventListener('keydown', act);
    return () => {
      element.removeEventListener('click', act);
      element.removeEventListener('auxclick', act);
      element.removeEventListener('keydown', act);
    };
  }, [root]);
}
