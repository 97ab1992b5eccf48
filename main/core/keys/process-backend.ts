// The OS keychain behind a helper process that may crash, hang and be killed at any time.
//
// One call is in flight at most; the queue is here, so that the death of the helper loses nothing that waits. Every
// operation may be done twice (same account, same value), so a call whose helper died is tried once more.
import { randomBytes } from 'node:crypto';
import { AppError } from '../../../preload/contract/app-error.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { KeychainBackend, ProbeResult } from './keychain-backend.ts';
import { type Diagnosis, diagnose, keychainError } from './keychain-states.ts';
import {
  type HelperProcess,
  type HelperReply,
  type HelperRequest,
  isHelperReply,
} from './keytar-protocol.ts';

/** Milliseconds. */
export interface Deadlines {
  get: number;
  delete: number;
  set: number;
  /** For the first call of a probe after the user pressed Unlock: the system may be asking. */
  unlock: number;
  /** For the question whether the service is alive, after a call was late. */
  alive: number;
  /** For the call in flight when the app closes. */
  closing: number;
}

export const DEADLINES: Readonly<Deadlines> = {
  get: 5_000,
  delete: 5_000,
  set: 10_000,
  unlock: 60_000,
  alive: 300,
  closing: 1_000,
};

export interface ProcessBackendOptions {
  spawn: () => HelperProcess;
  clock: Clock;
  log: Log;
  /** Under which the OS files the entries. */
  service?: string;
  deadlines?: Partial<Deadlines>;
}

interface Job {
  op: HelperRequest['op'];
  account: string;
  secret?: string;
  ms: number;
  attempts: number;
  resolve: (value: string | boolean | null) => void;
  reject: (error: AppError) => void;
}

interface Flight {
  id: number;
  job: Job;
  timer: NodeJS.Timeout;
}

/** One fixed account, so that a probe that was cut off leaves one entry at the most, and the next takes it away. */
const PROBE = 'keybench-probe';
/** No entry has this name, so that asking for it makes no system ask for a password. */
const NOBODY = 'keybench-nobody';
const MAX_ATTEMPTS = 2;
/** So many late calls in a row, and the rest of the queue need not wait to learn the same. */
const MAX_LATE = 2;

export function createProcessBackend(options: ProcessBackendOptions): KeychainBackend {
  return new ProcessBackend(options);
}

class ProcessBackend implements KeychainBackend {
  readonly kind = 'keychain';
  #options: ProcessBackendOptions;
  #deadlines: Deadlines;
  #helper: HelperProcess | null = null;
  #queue: Job[] = [];
  #flight: Flight | null = null;
  #nextId = 1;
  #lateInARow = 0;
  #closed = false;
  #landed: (() => void) | undefined;

  constructor(options: ProcessBackendOptions) {
    this.#options = options;
    this.#deadlines = { ...DEADLINES, ...options.deadlines };
  }

  async get(account: string): Promise<string | null> {
    return (await this.#call('get', account)) as string | null;
  }

  async set(account: string, secret: string): Promise<void> {
    await this.#call('set', account, { secret });
  }

  async delete(account: string): Promise<boolean> {
    return (await this.#call('delete', account)) === true;
  }

  async probe({ unlock = false }: { unlock?: boolean } = {}): Promise<ProbeResult> {
    const started = this.#options.clock.mono();
    const diagnosis = await this.#tryOut(unlock).catch((error: unknown) => {
      const data = error instanceof AppError ? (error.data as Diagnosis | undefined) : undefined;
      if (!data?.state) throw error;
      return data;
    });
    return { ...diagnosis, ms: Math.round(this.#options.clock.mono() - started) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.reject(closing());
    if (this.#flight) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#landed = resolve;
      const timer = setTimeout(resolve, this.#deadlines.closing);
      await promise;
      clearTimeout(timer);
      this.#land()?.reject(closing());
    }
    this.#drop();
  }

  async #tryOut(unlock: boolean): Promise<Diagnosis> {
    // Twice, since another instance that probes at the same time may take the entry away in between.
    for (let attempt = 0; attempt < 2; attempt++) {
      const secret = `probe-${randomBytes(16).toString('hex')}`;
      await this.#call('set', PROBE, { secret, ms: this.#deadlines[unlock ? 'unlock' : 'set'] });
      const got = await this.get(PROBE);
      if (got === null) continue;
      await this.delete(PROBE);
      return got === secret || got.startsWith('probe-')
        ? { state: 'ready' }
        : { state: 'crashed', detail: 'unknown' };
    }
    return { state: 'locked' };
  }

  #call(op: Job['op'], account: string, extra: { secret?: string; ms?: number } = {}) {
    if (this.#closed) return Promise.reject(closing());
    const { promise, resolve, reject } = Promise.withResolvers<string | boolean | null>();
    this.#queue.push({ op, account, ms: this.#deadlines[op], attempts: 0, resolve, reject, ...extra });
    this.#pump();
    return promise;
  }

  #pump() {
    if (this.#flight || this.#closed) return;
    const job = this.#queue.shift();
    if (!job) return;
    const id = this.#nextId++;
    this.#flight = { id, job, timer: setTimeout(() => this.#late(), job.ms) };
    job.attempts++;
    const { op, account, secret } = job;
    const service = this.#options.service ?? 'Keybench';
    const request: HelperRequest = { id, op, service, account, ...(secret === undefined ? {} : { secret }) };
    try {
      this.#helper ??= this.#start();
      this.#helper.send(request);
    } catch {
      this.#drop();
      this.#again({ state: 'crashed' });
    }
  }

  /** Listeners know their helper: whatever a former one still says is not heard. */
  #start(): HelperProcess {
    const helper = this.#options.spawn();
    helper.onMessage((message) => {
      if (helper === this.#helper && isHelperReply(message)) this.#answer(message);
    });
    helper.onExit(({ code, signal }) => {
      if (helper !== this.#helper) return;
      this.#helper = null;
      if (!this.#flight) return;
      this.#options.log.warn('The keychain helper ended in the middle of a call.', { code, signal });
      this.#again({ state: 'crashed' });
    });
    return helper;
  }

  #answer(reply: HelperReply) {
    if (reply.id !== this.#flight?.id) return;
    this.#lateInARow = 0;
    if (reply.ok) {
      this.#land()?.resolve(reply.value);
      return this.#pump();
    }
    const diagnosis: Diagnosis = reply.missing ? { state: 'missing' } : diagnose(reply.message);
    this.#options.log.warn('The keychain said no.', { state: diagnosis.state, message: reply.message });
    // A helper without keytar, or with a dead service behind it, must not serve the next call.
    if (reply.missing || diagnosis.stale) this.#drop();
    if (diagnosis.stale) return this.#again(diagnosis);
    this.#land()?.reject(keychainError(diagnosis));
    this.#pump();
  }

  /** The call in flight goes to the head of the queue, or fails if it had its second chance. */
  #again(diagnosis: Diagnosis) {
    const job = this.#land();
    if (job && job.attempts < MAX_ATTEMPTS && !this.#closed) this.#queue.unshift(job);
    else job?.reject(keychainError({ state: diagnosis.state }));
    this.#pump();
  }

  /** Only the late call fails. What waits behind it is sent to a new helper. */
  #late() {
    const job = this.#land();
    this.#drop();
    if (!job) return;
    this.#options.log.warn('A keychain call was late and its helper was ended.', { op: job.op, ms: job.ms });
    if (this.#closed) job.reject(closing());
    else if (job.account === NOBODY) {
      job.reject(keychainError({ state: 'hung' }));
      if (++this.#lateInARow >= MAX_LATE)
        for (const waiting of this.#queue.splice(0)) waiting.reject(keychainError({ state: 'hung' }));
    } else {
      // A service that answers others is not hung: it is the system's question for a password that nobody answered.
      this.#queue.unshift({
        op: 'get',
        account: NOBODY,
        ms: this.#deadlines.alive,
        attempts: 0,
        resolve: () => job.reject(keychainError({ state: 'locked', detail: 'prompt' })),
        reject: (error) => job.reject(error),
      });
    }
    this.#pump();
  }

  #land(): Job | undefined {
    const flight = this.#flight;
    if (!flight) return undefined;
    clearTimeout(flight.timer);
    this.#flight = null;
    this.#landed?.();
    return flight.job;
  }

  /** Detaches before it kills, so that the next call can never reach the old process. */
  #drop() {
    const helper = this.#helper;
    this.#helper = null;
    helper?.kill();
  }
}

const closing = () => new AppError('CLOSED', 'Keybench is closing, so the keychain is not asked any more.');
