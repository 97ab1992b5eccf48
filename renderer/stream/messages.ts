// Every sentence that the stream panes show.
import type { Lane } from '../../preload/contract/requests.ts';
import { formatCount, formatMs } from '../ui/format.ts';

export const laneLabel: Record<Lane, string> = {
  text: 'Answer',
  thinking: 'Thinking',
  tool: 'Tool call',
  refusal: 'Refusal',
};

export const messages = {
  output: 'Model output',
  jumpToLatest: 'Jump to latest',
  plainFromHere: 'This answer is over 200 KB. From here on it is shown as plain text.',
  image: (alt: string) => (alt ? `Image, not loaded: ${alt}` : 'Image, not loaded'),
  blockedLink: (target: string) => `Only https links open. This one points to ${target}`,
  timeline: 'Event timeline',
  eventsGroup: 'Events',
  events: (n: number) => `${formatCount(n)} ${n === 1 ? 'event' : 'events'}`,
  maxGap: (ms: number) => `max gap ${formatMs(ms)}`,
  found: (n: number, of: number) => `${formatCount(n)} of ${formatCount(of)} events`,
  filter: 'Filter events',
  filterHint: 'event:delta gap>100ms',
  filterHelp: 'Words, event:name, lane:text, gap>100ms, gap<5ms, size>1000. All must hold.',
  badFilter: (part: string) =>
    `“${part}” is not a filter. Use event:name, lane:text, gap>100ms or size>1000.`,
  noEvents: 'Events appear here as they arrive.',
  noneCame: 'No event came.',
  noMatch: 'No event matches the filter.',
  lateGap: (ms: number) => `Gap of ${formatMs(ms)}`,
  follow: 'Follow the newest event',
  copyEvent: 'Copy data',
  closeEvent: 'Close event',
  eventData: (index: number) => `Data of event ${index}`,
  eventCut: 'This event is too large to be shown whole.',
  columns: { index: '#', gap: 'Δ ms', event: 'event', data: 'data' },
  ttft: (ms: number) => `TTFT ${formatMs(ms)}`,
  gap: (ms: number) => `gap ${formatMs(ms)}`,
  strip: (events: number, end: number, ttft: number | null, gap: number | null) =>
    [
      `${formatCount(events)} events over ${formatMs(end)}.`,
      ttft === null ? 'No text yet.' : `First text after ${formatMs(ttft)}.`,
      gap === null ? '' : `Longest gap ${formatMs(gap)}.`,
    ]
      .filter(Boolean)
      .join(' '),
  stripEmpty: 'No events yet.',
} as const;
