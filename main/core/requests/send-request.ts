// The one service that sends: typed requests through the provider's SDK, raw ones without, both over the observed
// fetch, both recorded and decoded the same way. A table of contents; the work is in the files beside it.
import { randomUUID } from 'node:crypto';
import { AppError } from '../../../preload/contract/errors.ts';
import type { CheckResult } from '../../../preload/contract/keys.ts';
import type { Model, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft, Pairs, SendEvent } from '../../../preload/contract/requests.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { Clock } from '../clock.ts';
import type { Recorded, RecordSink } from '../history/records.ts';
import { createWire, type WireScrubber } from '../providers/wire-fetch.ts';
import { askModels, checkResult, offered } from './ask-models.ts';
import { createPause, type Pause } from './attempts.ts';
import { callErrors } from './call-error.ts';
import { createCredential } from './credential.ts';
import { createEventQueue } from './event-queue.ts';
import { knownKeyIn } from './known-keys.ts';
import type { TextScrub } from './lane-text.ts';
import { previewRequest } from './preview.ts';
import { startRecorder, type Warner } from './recorder.ts';
import { createRecordings, type Recording } from './recordings.ts';
import { type DecodeSettings, eventData, type ReplayEntry, replay } from './replay.ts';
import { type Adapters, type ResolvedDraft, resolveBaseUrl, resolveDraft } from './resolve-draft.ts';
import { runRequest } from './run-request.ts';
import { keptDraft, refused, startEvent } from './start-event.ts';

const MB = 1024 * 1024;

export interface SenderDeps {
  registry: Adapters;
  keys: {
    /** Throws `KEY_NOT_FOUND`, `KEY_WRONG_ORIGIN`, `KEY_LOCKED`, … */
    secretFor(keyId: string, targetUrl: string): Promise<{ secret: string; alias: string }>;
    nameOf(keyId: string): string | null;
    /** Resolves when the stored keys are known to the scrubber: a prompt that holds one is kept without it. */
    learnt?(): Promise<void>;
  };
  sink: RecordSink;
  settings: () => Settings;
  clock: Clock;
  log: Warner;
  scrubber: WireScrubber & {
    value<T>(value: T): T;
    textStream(): TextScrub;
    namesIn(s: string): string[];
  };
  /** For the jitter of backoff; [0, 1). */
  random?: () => number;
}

export interface Sender {
  /**
   * Starts when first read; leaving the loop, or `signal`, cancels. Always ends with one `end` event; but before the
   * first one it throws `PROMPT_HOLDS_KEY` when the body holds a stored key, unless `sendKnownKeys`.
   */
  send(
    draft: Draft,
    signal: AbortSignal,
    options?: { sendKnownKeys?: boolean },
  ): AsyncGenerator<SendEvent, void, undefined>;
  /** Ends the wait before the next attempt; `false` when nothing was waiting. */
  skipWait(id: string): boolean;
  /** Throws `DRAFT_INVALID`. */
  preview(draft: Draft): Promise<{ method: string; url: string; headers: Pairs; body: string }>;
  inFlight(): number;
  /** Called when a request begins or ends. Returns a function that ends it. */
  onChange(cb: () => void): () => void;
  replay(
    records: Iterable<Recorded>,
    entry: ReplayEntry,
    signal?: AbortSignal,
  ): AsyncGenerator<SendEvent, void, undefined>;
  /** Full data of one event, up to 300,000 characters. Throws `NOT_FOUND`. */
  eventData(
    from: { draft: Draft; records: Iterable<Recorded> },
    index: number,
  ): { event: string; data: string; truncated: boolean };
  /** What of a request is in memory and not on disk; `null` if nothing is. */
  recording(id: string): Recording | null;
  /** Resolves when the request has ended; at once if it is not running. */
  ended(id: string): Promise<void>;
  checkKey(input: { provider: string; baseUrl: string; secret: string; alias: string }): Promise<CheckResult>;
  models(
    input: { provider: string; baseUrl: string; keyId: string | null },
    signal?: AbortSignal,
  ): Promise<{ models: Model[]; source: 'live' | 'built-in'; note: string }>;
  /** Cancels what runs, waits for its end, closes the connections. */
  close(): Promise<void>;
}

export function createSender(deps: SenderDeps): Sender {
  const { registry, keys, settings, clock, scrubber, log } = deps;
  const text = (s: string) => scrubber.text(s);
  const wire = createWire({
    clock,
    scrubber,
    connectSeconds: () => settings()['requests.connectSeconds'],
  });
  const recordings = createRecordings();
  const running = new Map<string, { abort: AbortController; pause: Pause; done: Promise<void> }>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const decodeSettings = ({ provider, api }: Draft): DecodeSettings => ({
    interpreter: () => registry.get(provider).interpreter(api),
    maxLine: settings()['requests.maxLineMb'] * MB,
    maxBody: settings()['requests.maxBodyMb'] * MB,
    textStream: () => scrubber.textStream(),
  });

  const begin = (id: string, resolved: ResolvedDraft, draft: Draft, at: number) =>
    startRecorder(
      { sink: deps.sink, log, clock, inMemory: !settings()['history.keep'] },
      {
        id,
        at,
        draft,
        keyName: draft.keyId === null ? null : keys.nameOf(draft.keyId),
        model: resolved.model,
        prompt: text(resolved.prompt),
      },
    );

  /** Runs to the end; everything that is seen goes to `emit`. Rejects with `PROMPT_HOLDS_KEY` before any of it. */
  const run = async (
    id: string,
    given: Draft,
    emit: (event: SendEvent) => void,
    signal: AbortSignal,
    pause: Pause,
    sendKnownKeys: boolean,
  ): Promise<void> => {
    // A cancel does not wait for the keychain; but what was asked is kept only when the keys in it are known.
    const learnt = await Promise.race([keys.learnt?.().then(() => true) ?? true, aborted(signal)]);
    const held = sendKnownKeys ? null : knownKeyIn(given, (s) => scrubber.namesIn(s));
    if (held) throw held;
    const start = clock.mono();
    const at = clock.now();
    const draft = keptDraft(given, (value) => scrubber.value(value));
    emit(startEvent({ id, at, draft }));
    if (!learnt) return emit({ ...refused(null, 0), state: 'cancelled' });
    let resolved: ResolvedDraft;
    try {
      resolved = resolveDraft(given, registry, text);
    } catch (error) {
      const name = nameOf(registry, given.provider);
      emit(refused(callErrors(name, text).app(known(error, log)), clock.mono() - start));
      return;
    }
    if (resolved.adapter.info.key === 'none') resolved.draft = { ...given, keyId: null };
    const recorder = begin(id, resolved, draft, at);
    recordings.start(id, draft, recorder);
    try {
      await runRequest(
        {
          wire,
          secretFor: (keyId, url) => keys.secretFor(keyId, url),
          settings: settings(),
          clock,
          random: deps.random ?? Math.random,
          text,
          textStream: () => scrubber.textStream(),
        },
        { start, resolved, recorder, emit, pause, signal },
      );
    } finally {
      recordings.end(id);
    }
  };

  return {
    async *send(draft, signal, { sendKnownKeys = false } = {}) {
      const id = randomUUID();
      const abort = new AbortController();
      const cancel = () => abort.abort();
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel);
      const queue = createEventQueue<SendEvent>((event) => (event.k === 'ev' ? (event.s?.length ?? 0) : 0));
      const pause = createPause();
      let held: AppError | null = null;
      const done = run(id, draft, queue.push, abort.signal, pause, sendKnownKeys)
        .catch((error: unknown) => {
          if (error instanceof AppError && error.code === 'PROMPT_HOLDS_KEY') {
            held = error;
            return;
          }
          log.error('A request ended in a fault of the app.', error);
          queue.push(refused(callErrors('Keybench', text).app(known(error, log)), 0));
        })
        .finally(() => {
          running.delete(id);
          queue.close();
          changed();
        });
      running.set(id, { abort, pause, done });
      changed();
      try {
        for (;;) {
          const batch = await queue.next();
          if (!batch) break;
          for (const event of batch) yield event; // `yield*` would cost three more promises for each
        }
        if (held) throw held;
      } finally {
        signal.removeEventListener('abort', cancel);
        cancel();
      }
    },
    skipWait: (id) => running.get(id)?.pause.skip() ?? false,
    preview: async (draft) =>
      previewRequest(resolveDraft(draft, registry, text), {
        wire,
        nameOf: (keyId) => keys.nameOf(keyId),
        text,
      }),
    inFlight: () => running.size,
    onChange(cb) {
      listeners.add(cb);
      return () => listeners.delete(cb);
    },
    replay: (records, entry, signal) => replay(records, entry, decodeSettings(entry.draft), signal),
    eventData(from, index) {
      const found = eventData(from.records, index, decodeSettings(from.draft));
      if (!found) throw new AppError('NOT_FOUND', 'This request has no such event.');
      return found;
    },
    recording: (id) => recordings.get(id),
    ended: async (id) => running.get(id)?.done,
    async checkKey({ provider, baseUrl, secret, alias }) {
      const adapter = registry.get(provider);
      const url = resolveBaseUrl(baseUrl, adapter.info);
      const credential = createCredential({ secret, alias }, url);
      const answer = await askModels({ wire, clock, text }, { adapter, baseUrl: url, credential });
      return checkResult(adapter.info.name, answer, clock.now());
    },
    async models({ provider, baseUrl, keyId }, signal) {
      const adapter = registry.get(provider);
      const builtIn = (note: string) => ({
        models: [...adapter.builtInModels],
        source: 'built-in' as const,
        note,
      });
      const { name, key } = adapter.info;
      if (key === 'required' && keyId === null)
        return builtIn(`Choose a key to see which models ${name} offers it.`);
      try {
        const url = resolveBaseUrl(adapter.info.demo ? '' : baseUrl, adapter.info);
        const useKey = keyId !== null && key !== 'none';
        const credential = useKey ? createCredential(await keys.secretFor(keyId, url), url) : null;
        const answer = await askModels({ wire, clock, text }, { adapter, baseUrl: url, credential, signal });
        if (answer.error) return builtIn(`${answer.error.message} ${answer.error.advice}`);
        return { ...offered(answer.models), source: 'live' };
      } catch (error) {
        signal?.throwIfAborted();
        return builtIn(text(known(error, log).message));
      }
    },
    async close() {
      const all = [...running.values()];
      for (const one of all) one.abort.abort();
      await Promise.all(all.map((one) => one.done));
      await wire.close();
    },
  };
}

/** Resolves with `false` when the signal aborts. */
const aborted = (signal: AbortSignal): Promise<false> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(false);
    else signal.addEventListener('abort', () => resolve(false), { once: true });
  });

/** Errors that are nobody's fault but ours go to the log; people get a sentence without details. */
function known(error: unknown, log: Warner): AppError {
  if (error instanceof AppError) return error;
  log.error('A request could not be prepared.', error);
  return new AppError('INTERNAL', 'Keybench could not prepare the request. The log says more.');
}

function nameOf(registry: Adapters, provider: string): ProviderInfo['name'] {
  try {
    return registry.get(provider).info.name;
  } catch {
    return provider.slice(0, 40);
  }
}
