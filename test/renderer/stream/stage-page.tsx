// The page that tests and the benchmark drive: panes of the product, fed by hand instead of over a bridge. It is
// bundled by stage.ts and never part of the app.
import { createRoot } from 'react-dom/client';
import type { SendEvent } from '../../../preload/contract/requests.ts';
import { EventTimeline } from '../../../renderer/stream/event-timeline.tsx';
import { FlushScheduler } from '../../../renderer/stream/flush-scheduler.ts';
import { MarkdownSink } from '../../../renderer/stream/markdown-sink.ts';
import { ModelOutput, type OutputView } from '../../../renderer/stream/model-output.tsx';
import { Pane } from '../../../renderer/stream/pane.ts';
import { PortalProvider } from '../../../renderer/ui/portal.tsx';
import '../../../renderer/styles.css';
import { FakeFrames } from './fake-frames.ts';
import { measureFor } from './stage-measure.ts';

let panes: Pane[] = [];
let root: ReturnType<typeof createRoot> | undefined;
const opened: string[] = [];
const host = document.getElementById('root') as HTMLElement;

/** `n` live panes side by side, with or without their event lists. */
function mount(n: number, view: OutputView, events: boolean): void {
  root?.unmount();
  root = createRoot(host);
  panes = Array.from({ length: n }, () => new Pane());
  for (const pane of panes) pane.begin(true);
  root.render(
    <PortalProvider>
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: `repeat(${Math.min(n, 3)}, minmax(0, 1fr))`,
          gridAutoRows: 'minmax(0, 1fr)',
          height: '100%',
        }}
      >
        {panes.map((pane, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed set
          <div key={i} className="flex min-h-0 flex-col border border-line">
            <ModelOutput pane={pane} view={view} onOpenLink={(url) => opened.push(url)} className="flex-1" />
            {events && (
              <div className="h-60 shrink-0">
                <EventTimeline
                  pane={pane}
                  loadData={async () => ({ event: '', data: '', truncated: false })}
                  onCopy={() => {}}
                />
              </div>
            )}
          </div>
        ))}
      </div>
    </PortalProvider>,
  );
}

const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

let serial = 0;
const delta = (t: number, s: string): SendEvent => ({
  k: 'ev',
  i: serial++,
  t,
  e: 'content_block_delta',
  p: JSON.stringify({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: s } }),
  z: 90 + s.length,
  l: 'text',
  s,
});
const ending = (t: number): SendEvent => ({
  k: 'end',
  t,
  state: 'complete',
  finish: 'end_turn',
  error: null,
  ttft: 1,
  usage: null,
  model: null,
  requestId: null,
  bytes: 0,
});

/** Draws `text` as the answer of a pane of its own, as the app does, and waits until all of it is drawn. */
async function draw(text: string, view: OutputView): Promise<string> {
  mount(1, view, false);
  const [pane] = panes;
  await frame();
  pane?.push(delta(1, text));
  await frame();
  pane?.push(ending(2));
  for (let i = 0; i < 4; i++) await frame();
  return host.innerHTML;
}

/** Draws `first` and `second` as two deltas with a reading of the tail between, without waiting for real frames. */
function drawSplit(first: string, second: string, check: (root: HTMLElement) => void): void {
  const frames = new FakeFrames();
  const scheduler = new FlushScheduler(frames);
  const pane = new Pane(scheduler);
  const scroller = document.createElement('div');
  host.replaceChildren(scroller);
  const sink = new MarkdownSink({ root: scroller, scroller, caret: null, scheduler, onWrite: () => {} });
  pane.attach(sink);
  for (const part of [first, second]) {
    pane.push(delta(1, part));
    for (let i = 0; i < 2; i++) frames.tick(5000);
    check(scroller);
  }
  pane.push(ending(2));
  for (let i = 0; i < 3; i++) frames.tick(200);
  check(scroller);
  sink.dispose();
}

const ATTRIBUTES = new Set(['class', 'title', 'role', 'tabindex', 'data-url', 'align', 'start', 'style']);
const TAGS =
  /^(?:DIV|SPAN|P|BR|HR|H[1-6]|STRONG|B|EM|I|DEL|S|U|CODE|PRE|BLOCKQUOTE|UL|OL|LI|A|SUB|SUP|KBD|MARK|TABLE|THEAD|TBODY|TR|TH|TD)$/;

/** What an answer must never leave in the DOM. */
function findings(area: Element): string[] {
  const found: string[] = [];
  for (const element of area.querySelectorAll('.output-lane *, .output-lane')) {
    if (!TAGS.test(element.tagName)) found.push(`<${element.tagName.toLowerCase()}>`);
    for (const { name, value } of element.attributes) {
      if (!ATTRIBUTES.has(name)) found.push(`${element.tagName.toLowerCase()} ${name}=${value}`);
      if (name === 'data-url' && !value.startsWith('https://')) found.push(`${name}=${value}`);
      if (name === 'style' && !/^(?:height: [\d.]+px;)?$/.test(value)) found.push(`style=${value}`);
    }
  }
  return found;
}

/** Every payload split at each of its characters; returns what was found, which must be nothing. */
function sweep(payloads: string[]): { splits: number; found: string[] } {
  const found: string[] = [];
  let splits = 0;
  root?.unmount();
  root = undefined;
  for (const payload of payloads) {
    for (let at = 0; at <= payload.length; at++) {
      splits++;
      drawSplit(payload.slice(0, at), payload.slice(at), (area) => {
        for (const one of findings(area)) found.push(`${one} from ${JSON.stringify(payload)} at ${at}`);
      });
    }
  }
  return { splits, found };
}

const WORDS =
  'the stream of deltas arrives in small pieces and **each of them** adds a word or `two` to the answer'.split(
    ' ',
  );

/** Feeds every pane `perSecond` deltas a second for `seconds`, in batches of 8 ms as the bridge sends them. */
async function run(options: {
  panes: number;
  perSecond: number;
  seconds: number;
  view: OutputView;
  events: boolean;
}) {
  mount(options.panes, options.view, options.events);
  await frame();
  const begun = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const t = performance.now() - begun;
    const due = Math.floor((t / 1000) * options.perSecond);
    for (; sent < due; sent++) {
      const word = WORDS[sent % WORDS.length];
      const text =
        sent % 200 === 199
          ? '.\n\n## Part\n\n- one\n- two\n\n'
          : sent % 23 === 22
            ? `${word}.\n\n`
            : `${word} `;
      for (const pane of panes) pane.push(delta(t, text));
    }
  }, 8);
  const measured = await measureFor(options.seconds * 1000);
  clearInterval(timer);
  return { ...measured, deltas: sent * options.panes };
}

const fired: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => fired.push(`csp ${event.violatedDirective}`));
const stage = { mount, draw, sweep, findings: () => findings(host), run, fired, opened };
export type Stage = typeof stage;
Object.assign(window, {
  stage,
  __fire: (what: string) => fired.push(what),
  alert: () => fired.push('alert'),
});
