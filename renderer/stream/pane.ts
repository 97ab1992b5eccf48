// The store of one answer. Deltas never enter React state: text goes to sinks (DOM writers), events to columns, and
// React only learns, at most ten times a second, that a version number rose. Live and stored answers fill it alike.
import type { CallError, EndState, Lane, SendEvent, Usage } from '../../preload/contract/requests.ts';
import { ArrivalBins } from './arrival-bins.ts';
import { EventColumns } from './event-columns.ts';
import { type Flushable, type FlushScheduler, pageScheduler } from './flush-scheduler.ts';

type Of<K extends SendEvent['k']> = Extract<SendEvent, { k: K }>;

/** Where text goes. Called in the write phase of a frame; must not read layout. */
export interface OutputSink {
  write(lane: Lane, text: string): void;
  /** No more text will come. */
  end(): void;
}

/** One HTTP try: what left, what came back, how long the app then waits before the next. */
export interface Attempt {
  sent: Of<'attempt'>;
  head: Of<'head'> | null;
  wait: Of<'wait'> | null;
}

export type Phase = 'idle' | 'sending' | 'waiting' | 'streaming' | 'retrying' | 'ended';

/** How the answer ended, as far as the window knows. */
export interface Ending {
  state: EndState | 'interrupted';
  t: number;
  finish: string | null;
  error: CallError | null;
  model: string | null;
  requestId: string | null;
  bytes: number;
}

/** Everything but text and events; replaced, never changed in place. */
export interface Facts {
  phase: Phase;
  /** Id in history; `null` until core has written it. */
  id: string | null;
  /** Epoch ms when it was sent. */
  at: number | null;
  attempts: readonly Attempt[];
  usage: Usage | null;
  rawUsage: unknown;
  /** Milliseconds from start to the first text. */
  ttft: number | null;
  end: Ending | null;
}

/** A run of text in one lane, e.g. thinking, then the answer. */
export interface Run {
  lane: Lane;
  text: string;
}

export interface Gap {
  from: number;
  to: number;
}

const IDLE: Facts = {
  phase: 'idle',
  id: null,
  at: null,
  attempts: [],
  usage: null,
  rawUsage: null,
  ttft: null,
  end: null,
};

/** A gap is marked when it is this long and this many times the mean gap so far. */
export const LATE_MS = 100;
const LATE_TIMES = 5;

export class Pane implements Flushable {
  readonly events = new EventColumns();
  readonly arrivals = new ArrivalBins();
  readonly runs: Run[] = [];
  facts: Facts = IDLE;
  /** Characters of text in all lanes. */
  chars = 0;
  /** Characters of event data. */
  dataChars = 0;
  /** The longest gap between two events; waits for the next try and for the first text have figures of their own. */
  maxGap: Gap | null = null;
  /** Milliseconds since start of the last event of any kind. */
  lastT = 0;
  /** `performance.now()` of the start of a live answer; `null` for a stored one. */
  startedAt: number | null = null;

  readonly #scheduler: FlushScheduler;
  readonly #sinks = new Set<OutputSink>();
  readonly #listeners = new Set<() => void>();
  #pending: { lane: Lane; parts: string[] }[] = [];
  #version = 0;
  #lastIndex = -1;
  /** Row whose gap, as those of all before it, is no gap of the stream. */
  #gapsAfter = 0;

  constructor(scheduler: FlushScheduler = pageScheduler()) {
    this.#scheduler = scheduler;
  }

  /** For `useSyncExternalStore`; listeners run at most ten times a second. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly version = (): number => this.#version;

  get ended(): boolean {
    return this.facts.end !== null;
  }

  /** Adds a writer; it first gets all text so far. Returns how to take it off. */
  attach(sink: OutputSink): () => void {
    this.#drain();
    for (const run of this.runs) sink.write(run.lane, run.text);
    this.#sinks.add(sink);
    if (this.ended) sink.end();
    return () => this.#sinks.delete(sink);
  }

  /** A request is about to be sent, or read from history: from here the clock runs. */
  begin(live: boolean): void {
    this.startedAt = live ? this.#scheduler.now() : null;
    this.#setFacts({ phase: live ? 'sending' : 'idle' });
  }

  push(event: SendEvent): void {
    if ('t' in event) this.lastT = Math.max(this.lastT, event.t);
    switch (event.k) {
      case 'ev':
        this.#event(event);
        break;
      case 'start':
        this.#setFacts({ id: event.id, at: event.at });
        break;
      case 'attempt':
        this.#gapsAfter = this.events.length;
        this.#setFacts({
          phase: 'sending',
          attempts: [...this.facts.attempts, { sent: event, head: null, wait: null }],
        });
        break;
      case 'head':
        this.#head(event);
        break;
      case 'wait':
        this.#setFacts({ phase: 'retrying', attempts: this.#amend(event.n, { wait: event }) });
        break;
      case 'usage':
        this.facts = { ...this.facts, usage: event.usage, rawUsage: event.raw };
        this.#scheduler.mark(this);
        break;
      case 'end':
        this.#end(event, {
          usage: event.usage ?? this.facts.usage,
          ttft: event.ttft ?? this.facts.ttft,
        });
        break;
    }
  }

  /** The stream of events broke off without its `end`: refused before sending, stopped here, or the line was lost. */
  abandon(state: EndState, error: CallError | null): void {
    if (this.ended) return;
    const t = this.startedAt === null ? this.lastT : this.#scheduler.now() - this.startedAt;
    this.#end({ state, t, finish: null, error, model: null, requestId: null, bytes: 0 }, {});
  }

  /** All text of `lane`, or of all lanes with a blank line between runs. */
  text(lane?: Lane): string {
    this.#drain();
    const runs = lane ? this.runs.filter((run) => run.lane === lane) : this.runs;
    return runs.map((run) => run.text).join('\n\n');
  }

  flush(): void {
    this.#drain();
  }

  notify(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }

  // The head comes again with its whole timing when the body has ended; that is no step back.
  #head(event: Of<'head'>): void {
    const first = this.facts.attempts.some(({ sent, head }) => sent.n === event.n && head === null);
    this.#setFacts({
      ...(first ? { phase: 'waiting' } : {}),
      attempts: this.#amend(event.n, { head: event }),
    });
  }

  #event(event: Of<'ev'>): void {
    const lane = event.l ?? null;
    if (event.i === this.#lastIndex) this.arrivals.addText(event.t, event.s?.length ?? 0, lane !== null);
    else this.#row(event, lane);
    this.#lastIndex = event.i;
    if (lane !== null && event.s) {
      this.chars += event.s.length;
      const last = this.#pending.at(-1);
      if (last?.lane === lane) last.parts.push(event.s);
      else this.#pending.push({ lane, parts: [event.s] });
      if (this.facts.phase !== 'streaming') {
        this.#setFacts({ phase: 'streaming', ttft: this.facts.ttft ?? event.t });
      }
    }
    this.#scheduler.mark(this);
  }

  #row(event: Of<'ev'>, lane: Lane | null): void {
    const { events } = this;
    const row = events.length;
    const gap = row > 0 ? event.t - events.time(row - 1) : 0;
    const mean = row > 1 ? (events.time(row - 1) - events.time(0)) / (row - 1) : 0;
    if (lane !== null && this.chars === 0) {
      this.maxGap = null;
      this.#gapsAfter = row;
    }
    const counts = row > this.#gapsAfter;
    const late = counts && row > 1 && gap >= LATE_MS && gap >= LATE_TIMES * mean;
    if (counts && gap > (this.maxGap ? this.maxGap.to - this.maxGap.from : 0)) {
      this.maxGap = { from: event.t - gap, to: event.t };
    }
    events.push({ index: event.i, t: event.t, name: event.e, preview: event.p, size: event.z, lane, late });
    this.arrivals.add(event.t, event.s?.length ?? 0, lane !== null);
    this.dataChars += event.z;
  }

  #end(ending: Ending, facts: Partial<Facts>): void {
    const { state, t, finish, error, model, requestId, bytes } = ending;
    this.lastT = Math.max(this.lastT, t);
    this.#setFacts({
      ...facts,
      phase: 'ended',
      end: { state, t, finish, error, model, requestId, bytes },
    });
    this.#drain();
    for (const sink of this.#sinks) sink.end();
  }

  #drain(): void {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    for (const { lane, parts } of pending) {
      const text = parts.join('');
      const last = this.runs.at(-1);
      if (last?.lane === lane) last.text += text;
      else this.runs.push({ lane, text });
      for (const sink of this.#sinks) sink.write(lane, text);
    }
  }

  #amend(n: number, change: Partial<Attempt>): Attempt[] {
    return this.facts.attempts.map((attempt) => (attempt.sent.n === n ? { ...attempt, ...change } : attempt));
  }

  #setFacts(change: Partial<Facts>): void {
    this.facts = { ...this.facts, ...change };
    this.#scheduler.mark(this, true);
  }
}
