// The filter box over the events: `event:delta gap>100ms -event:ping "some words"`. All terms must hold.
import type { EventColumns } from './event-columns.ts';
import { messages } from './messages.ts';

type Test = (events: EventColumns, row: number) => boolean;

export interface EventFilter {
  /** No terms: every event matches. */
  empty: boolean;
  /** A sentence when a term cannot be read; the other terms still hold. */
  problem: string | null;
  matches: Test;
}

const TERM = /(-?)(?:(\w+)(:|[<>]=?))?(?:"([^"]*)"?|(\S+))/g;
const UNITS: Record<string, number> = { '': 1, ms: 1, s: 1000 };

export function parseEventFilter(text: string): EventFilter {
  const tests: Test[] = [];
  let problem: string | null = null;
  for (const [whole, minus, field, operator, quoted, bare] of text.matchAll(TERM)) {
    const test = term(field, operator, quoted ?? bare ?? '');
    if (test) tests.push(minus ? (events, row) => !test(events, row) : test);
    else problem ??= messages.badFilter(whole);
  }
  return {
    empty: tests.length === 0,
    problem,
    matches: (events, row) => tests.every((test) => test(events, row)),
  };
}

function term(field: string | undefined, operator: string | undefined, value: string): Test | null {
  const wanted = value.toLowerCase();
  if (field === undefined) return word(wanted);
  if (operator === ':') {
    if (field === 'event') return (events, row) => events.name(row).toLowerCase().includes(wanted);
    if (field === 'lane') return (events, row) => events.lane(row) === wanted;
    if (field === 'data') return (events, row) => events.preview(row).toLowerCase().includes(wanted);
    // `https://…` and the like are words, not fields.
    return word(`${field}:${wanted}`);
  }
  const bound = amount(wanted);
  if (bound === null) return null;
  const holds = compare(operator ?? '', bound);
  if (field === 'gap') return (events, row) => holds(events.gap(row));
  if (field === 'size') return (events, row) => holds(events.size(row));
  if (field === 't') return (events, row) => holds(events.time(row));
  return null;
}

const word =
  (wanted: string): Test =>
  (events, row) =>
    events.preview(row).toLowerCase().includes(wanted) || events.name(row).toLowerCase().includes(wanted);

function amount(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|)$/.exec(text);
  return match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1) : null;
}

function compare(operator: string, bound: number): (n: number) => boolean {
  if (operator === '>') return (n) => n > bound;
  if (operator === '>=') return (n) => n >= bound;
  if (operator === '<') return (n) => n < bound;
  return (n) => n <= bound;
}

/** Rows that match, kept in step with a growing list: each event is tested once. */
export class EventMatches {
  readonly #events: EventColumns;
  readonly #filter: EventFilter;
  readonly #rows: number[] = [];
  #seen = 0;

  constructor(events: EventColumns, filter: EventFilter) {
    this.#events = events;
    this.#filter = filter;
  }

  /** Tests what has come since; returns how many match. */
  update(): number {
    if (this.#filter.empty) return this.#events.length;
    for (; this.#seen < this.#events.length; this.#seen++) {
      if (this.#filter.matches(this.#events, this.#seen)) this.#rows.push(this.#seen);
    }
    return this.#rows.length;
  }

  /** Row in the columns of the `position`th match. */
  row(position: number): number {
    return this.#filter.empty ? position : (this.#rows[position] ?? -1);
  }
}
