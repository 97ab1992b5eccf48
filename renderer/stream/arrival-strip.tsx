// When events arrived: bars over time, the wait for the first text, the longest gap. A picture with a sentence.
import { useEffect, useRef, useState } from 'react';
import { formatMs } from '../ui/format.ts';
import { messages } from './messages.ts';
import { type Gap, LATE_MS, type Pane } from './pane.ts';
import { usePane } from './use-pane.ts';

const HEIGHT = 30;
/** Pixels from one bar to the next. */
const PITCH = 3;
/** Two labels closer than this many pixels would touch. */
const LABEL = 86;
/** Kept free at the right for the end of the axis. */
const ROOM = LABEL + 50;

export function ArrivalStrip({ pane }: { pane: Pane }) {
  usePane(pane);
  const { ref, width } = useWidth();
  const end = pane.facts.end?.t ?? pane.lastT;
  const count = pane.events.length;
  const ttft = pane.facts.ttft;
  const gap = outstandingGap(pane);
  const x = (t: number) => (end > 0 ? (t / end) * width : 0);
  const bars = width > 0 && count > 0 ? drawBars(pane, end, width) : { text: '', other: '' };
  const sentence =
    count === 0 ? messages.stripEmpty : messages.strip(count, end, ttft, gap && gap.to - gap.from);

  return (
    <div className="shrink-0 border-b border-line px-3 pt-2 pb-1">
      <div ref={ref} role="img" aria-label={sentence} className="relative" style={{ height: HEIGHT + 18 }}>
        <svg aria-hidden="true" width={width} height={HEIGHT} className="block">
          {ttft !== null && <rect width={Math.max(0, x(ttft))} height={HEIGHT} className="fill-hover" />}
          {gap && (
            <>
              <rect
                x={x(gap.from)}
                width={Math.max(1, x(gap.to) - x(gap.from))}
                height={HEIGHT}
                className="fill-warn/20"
              />
              <rect x={x(gap.from)} width={1.5} height={HEIGHT} className="fill-warn" />
            </>
          )}
          <path d={bars.other} strokeWidth={1.25} className="stroke-info" />
          <path d={bars.text} strokeWidth={1.25} className="stroke-accent" />
          <path d={`M0 ${HEIGHT - 0.5}H${width}`} className="stroke-line-strong" />
        </svg>
        <Axis end={count > 0 ? end : 0} ttft={ttft} gap={gap} width={width} x={x} />
      </div>
    </div>
  );
}

interface AxisProps {
  end: number;
  ttft: number | null;
  gap: Gap | null;
  width: number;
  x: (t: number) => number;
}

interface Label {
  at: number;
  text: string;
  warn?: boolean;
}

// Labels in order of worth; one that would touch a better one is left out.
function Axis({ end, ttft, gap, width, x }: AxisProps) {
  if (end <= 0 || width <= 0) return null;
  const wanted: Label[] = [];
  const within = (at: number) => Math.max(24, Math.min(at, width - ROOM));
  if (ttft !== null) wanted.push({ at: within(x(ttft)), text: messages.ttft(ttft) });
  if (gap) wanted.push({ at: within(x(gap.from)), text: messages.gap(gap.to - gap.from), warn: true });
  for (const t of [0.5, 0.75, 0.25]) wanted.push({ at: x(t * end), text: formatMs(t * end) });
  const shown: Label[] = [];
  for (const label of wanted) {
    const free = shown.every((other) => Math.abs(other.at - label.at) >= LABEL);
    if (free && label.at >= 24 && label.at <= width - ROOM) shown.push(label);
  }
  return (
    <div aria-hidden="true" className="relative h-4.5 font-mono text-2xs text-subtle">
      <span className="absolute left-0">0</span>
      {shown.map((label) => (
        <span
          key={label.text}
          className={label.warn ? 'absolute whitespace-nowrap text-warn' : 'absolute whitespace-nowrap'}
          style={{ left: label.at }}
        >
          {label.text}
        </span>
      ))}
      <span className="absolute right-0">{formatMs(end)}</span>
    </div>
  );
}

/** The longest gap, if it stands out against the mean. */
function outstandingGap(pane: Pane): Gap | null {
  const { events, maxGap } = pane;
  const ms = maxGap ? maxGap.to - maxGap.from : 0;
  if (ms < LATE_MS || events.length < 3) return null;
  const mean = (events.time(events.length - 1) - events.time(0)) / (events.length - 1);
  return ms >= 5 * mean ? maxGap : null;
}

// One path for all bars of a colour: a bar per 3 px, its height by the square root of what arrived. Where a bin of the
// histogram is wider than that, one bar per bin: its events must not be drawn several times over.
function drawBars(pane: Pane, end: number, width: number): { text: string; other: string } {
  const bins = Math.ceil(Math.max(end, 1) / pane.arrivals.width);
  const bars = Math.max(1, Math.min(Math.floor(width / PITCH), bins));
  const pitch = bars === bins ? (width * pane.arrivals.width) / Math.max(end, 1) : PITCH;
  const step = bars === bins ? pane.arrivals.width : Math.max(end, 1) / bars;
  const sums = Array.from({ length: bars }, (_, i) => pane.arrivals.sum(i * step, (i + 1) * step));
  const most = Math.max(1, ...sums.map((sum) => sum.chars));
  const paths = { text: '', other: '' };
  for (const [i, sum] of sums.entries()) {
    if (sum.events === 0) continue;
    const height = Math.max(5, Math.sqrt(sum.chars / most) * (HEIGHT - 3));
    paths[sum.texts > 0 ? 'text' : 'other'] +=
      `M${(i * pitch + 1).toFixed(1)} ${HEIGHT - 1}v${-height.toFixed(1)}`;
  }
  return paths;
}

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
