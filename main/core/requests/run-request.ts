// One request from its first to its last event: key, attempts, waits, end. Never rejects: whatever happens is its end.
import type { CallError, SendEvent } from '../../../preload/contract/requests.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { Clock } from '../clock.ts';
import { type Recorded, SEARCHED } from '../history/records.ts';
import {
  type Credential,
  limitFailure,
  type Wire,
  WireFailure,
  type WireSession,
} from '../providers/wire-fetch.ts';
import { type Attempt, decideRetry, type Pause } from './attempts.ts';
import { type CallErrors, callErrors } from './call-error.ts';
import { withPlaceholder } from './check-headers.ts';
import { judge, type Verdict } from './completion.ts';
import { createCredential } from './credential.ts';
import type { TextScrub } from './lane-text.ts';
import { runRaw } from './raw-request.ts';
import { MAX_EVENTS, RecordDecoder } from './record-decoder.ts';
import type { Recorder } from './recorder.ts';
import type { ResolvedDraft } from './resolve-draft.ts';

/** After its terminal event a stream may take this long to close; then it is closed from here. */
const CLOSING_MS = 2000;
/** After an abort an SDK may take this long to give up. */
const GIVING_UP_MS = 1000;
const MB = 1024 * 1024;

export interface RunDeps {
  wire: Wire;
  secretFor(keyId: string, targetUrl: string): Promise<{ secret: string; alias: string }>;
  settings: Settings;
  clock: Clock;
  random: () => number;
  text: (s: string) => string;
  textStream: () => TextScrub;
}

export interface RunContext {
  /** Monotonic ms when the request began. */
  start: number;
  resolved: ResolvedDraft;
  recorder: Recorder;
  emit: (event: SendEvent) => void;
  pause: Pause;
  /** Aborts when the user cancels. */
  signal: AbortSignal;
}

/** Emits everything up to and including `end`. */
export async function runRequest(deps: RunDeps, context: RunContext): Promise<void> {
  const { settings, clock } = deps;
  const { resolved, recorder, emit, start } = context;
  const errors = callErrors(resolved.adapter.info.name, deps.text);
  const stop = linkStop(context.signal, settings);
  // Joined here: as single pieces, tens of thousands of them would wait for the next commit.
  let fresh: string[] = [];
  let searched = 0;
  const keepText = () => {
    if (fresh.length === 0) return;
    const text = fresh.join('');
    fresh = [];
    if (searched < SEARCHED) recorder.text(text);
    searched += text.length;
  };
  const decoder = new RecordDecoder({
    interpreter: () => resolved.adapter.interpreter(resolved.draft.api),
    maxLine: settings['requests.maxLineMb'] * MB,
    maxBody: settings['requests.maxBodyMb'] * MB,
    textStream: deps.textStream,
    emit: (event) => {
      emit(event);
      if (event.k === 'ev' && event.s !== undefined) fresh.push(event.s);
    },
  });
  const record = (one: Recorded): WireFailure | undefined => {
    decoder.push(one);
    keepText();
    recorder.record(one);
    const { overflow } = decoder.outcome;
    if (overflow === 'line') return limitFailure('line', settings['requests.maxLineMb']);
    return overflow === 'events' ? limitFailure('events', MAX_EVENTS) : undefined;
  };

  let verdict: Verdict;
  let attempts = 0;
  try {
    const credential = await getCredential(deps, resolved, stop.signal);
    const idleMs = settings['requests.idleSeconds'] * 1000;
    const session = deps.wire.open({
      start,
      origin: resolved.raw ? null : new URL(resolved.baseUrl).origin,
      credential,
      signal: stop.signal,
      maxBodyBytes: settings['requests.maxBodyMb'] * MB,
      idleMs: () => (decoder.outcome.terminal ? Math.min(CLOSING_MS, idleMs) : idleMs),
      onRecord: record,
    });
    const last = await attemptAll(deps, context, { session, decoder, record, credential, stop: stop.signal });
    attempts = session.last()?.n ?? 0;
    verdict = judge(
      {
        outcome: decoder.outcome,
        failure: stop.signal.aborted ? stop.reason() : (session.last()?.failure ?? null),
        thrown: last.thrown,
        raw: resolved.raw,
        origin: new URL(resolved.target).origin,
      },
      errors,
    );
    if (last.note && verdict.error) verdict.error.advice = `${last.note} ${verdict.error.advice}`;
  } catch (error) {
    verdict = early(error, stop, errors);
  } finally {
    stop.release();
  }
  keepText(); // what the end of the body brought
  conclude(context, decoder, verdict, attempts, clock.mono() - start);
}

/** Before anything was sent: cancelled, out of time, or no key. */
function early(error: unknown, stop: Stop, errors: CallErrors): Verdict {
  if (!stop.signal.aborted) return { state: 'error', error: errors.app(error) };
  const reason = stop.reason();
  if (reason.kind === 'cancelled') return { state: 'cancelled', error: null };
  return { state: 'error', error: errors.failure(reason, { status: null, requestId: null }) };
}

function conclude(
  { resolved, recorder, emit }: RunContext,
  decoder: RecordDecoder,
  { state, error }: { state: Verdict['state']; error: CallError | null },
  attempts: number,
  totalMs: number,
): void {
  const { finish, ttft, usage, requestId, bytes, status } = decoder.outcome;
  const { answer } = decoder;
  const model = decoder.outcome.model ?? resolved.model;
  const end = { k: 'end' as const, t: totalMs, state, finish, error, ttft, usage, model, requestId, bytes };
  // On disk first: an end that was seen is an end that is kept.
  recorder.finish({ state, end, status, attempts, totalMs, model, usage, answer });
  emit(end);
}

interface Loop {
  session: WireSession;
  decoder: RecordDecoder;
  record: (one: Recorded) => void;
  credential: Credential | null;
  stop: AbortSignal;
}

async function attemptAll(
  deps: RunDeps,
  context: RunContext,
  loop: Loop,
): Promise<{ thrown: unknown; note: string }> {
  const { settings, clock } = deps;
  const policy = {
    maxAttempts: settings['requests.maxAttempts'],
    maxWaitMs: settings['requests.maxWaitSeconds'] * 1000,
    random: deps.random,
    now: () => clock.now(),
  };
  let waited = 0;
  for (let n = 1; ; n++) {
    const thrown = await attemptOnce(context, loop);
    loop.decoder.flush();
    if (loop.stop.aborted) return { thrown, note: '' };
    const decision = decideRetry(attemptOf(loop), n, waited, policy);
    if (!decision.retry) return { thrown, note: decision.note };
    const from = clock.mono();
    const at = loop.session.last()?.n ?? n;
    loop.record({ k: 'wait', n: at, t: from - context.start, ms: decision.ms, reason: decision.reason });
    await context.pause.wait(decision.ms, loop.stop);
    if (loop.stop.aborted) return { thrown, note: '' };
    waited += clock.mono() - from;
  }
}

function attemptOf({ session, decoder }: Loop): Attempt {
  const exchange = session.last();
  const status = exchange?.status ?? null;
  return {
    status,
    headers: exchange?.headers ?? [],
    answerBytes: status !== null && status < 400 ? (exchange?.bodyBytes ?? 0) : 0,
    failure: exchange?.failure ?? null,
    errorType: status !== null && status >= 400 ? (decoder.outcome.error?.type ?? null) : null,
  };
}

/** Resolves with what was thrown, when the body has been read to its end. */
async function attemptOnce({ resolved }: RunContext, { session, credential, stop }: Loop): Promise<unknown> {
  const { draft, adapter, baseUrl, body } = resolved;
  const secret = credential?.placeholder ?? null;
  const headers = secret === null ? draft.headers : withPlaceholder(draft.headers, secret);
  // An adapter may throw before it returns its promise.
  const run = async () =>
    resolved.raw
      ? runRaw(resolved, secret, session.fetch, stop)
      : adapter.run({
          api: draft.api,
          baseUrl,
          secret,
          body,
          headers,
          query: draft.query,
          fetch: session.fetch,
          signal: stop,
        });
  const ran = run().then(
    () => undefined,
    (error: unknown) => error,
  );
  const thrown = await Promise.race([ran, afterAbort(stop)]);
  await Promise.race([session.settled(), afterAbort(stop)]);
  return thrown;
}

/** Resolves some time after the abort: an SDK that does not notice it holds nobody up. */
function afterAbort(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const later = () => setTimeout(resolve, GIVING_UP_MS, undefined).unref();
    if (signal.aborted) later();
    else signal.addEventListener('abort', later, { once: true });
  });
}

async function getCredential(
  deps: RunDeps,
  { draft, target }: ResolvedDraft,
  signal: AbortSignal,
): Promise<Credential | null> {
  if (draft.keyId === null) return null;
  signal.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  const key = await Promise.race([deps.secretFor(draft.keyId, target), aborted]);
  return createCredential(key, target);
}

interface Stop {
  signal: AbortSignal;
  reason(): WireFailure;
  release(): void;
}

/** The user's cancel and the total time limit as one signal. */
function linkStop(signal: AbortSignal, settings: Settings): Stop {
  const controller = new AbortController();
  const cancelled = new WireFailure('cancelled', 'cancelled', 'The request was cancelled.', '');
  const onCancel = () => controller.abort(cancelled);
  if (signal.aborted) onCancel();
  signal.addEventListener('abort', onCancel);
  const minutes = settings['requests.totalMinutes'];
  const timer = setTimeout(() => controller.abort(limitFailure('total', minutes)), minutes * 60_000);
  return {
    signal: controller.signal,
    reason: () => (controller.signal.reason instanceof WireFailure ? controller.signal.reason : cancelled),
    release: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onCancel);
    },
  };
}
