// The models endpoint of a provider: the list for the form, and the check of a key.
import type { CheckResult } from '../../../preload/contract/keys.ts';
import type { Model } from '../../../preload/contract/providers.ts';
import type { CallError } from '../../../preload/contract/requests.ts';
import type { Clock } from '../clock.ts';
import type { ProviderAdapter } from '../providers/provider.ts';
import { type Credential, type Wire, WireFailure } from '../providers/wire-fetch.ts';
import { callErrors } from './call-error.ts';
import { judge } from './completion.ts';
import { RecordDecoder } from './record-decoder.ts';

const PATIENCE_MS = 15_000;
const MAX_BYTES = 16 * 1024 * 1024;

export interface AskDeps {
  wire: Wire;
  clock: Clock;
  text: (s: string) => string;
}

export interface AskInput {
  adapter: ProviderAdapter;
  baseUrl: string;
  credential: Credential | null;
  signal?: AbortSignal | undefined;
}

export type ModelsAnswer = { ms: number; status: number | null } & (
  | { models: Model[]; error: null }
  | { models: null; error: CallError }
);

/** Asks once, for 15 s at the most. Rejects only if `signal` aborts. */
export async function askModels(
  { wire, clock, text }: AskDeps,
  { adapter, baseUrl, credential, signal }: AskInput,
): Promise<ModelsAnswer> {
  const start = clock.mono();
  const late = new AbortController();
  const stop = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  const timer = setTimeout(() => late.abort(slow(adapter.info.name)), PATIENCE_MS);
  const decoder = new RecordDecoder({ interpreter: () => adapter.interpreter('raw'), emit: () => {} });
  const session = wire.open({
    start,
    origin: new URL(baseUrl).origin,
    credential,
    signal: stop,
    maxBodyBytes: MAX_BYTES,
    idleMs: () => PATIENCE_MS,
    onRecord: (record) => {
      decoder.push(record);
      return undefined;
    },
  });
  const aborted = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  });
  aborted.catch(() => {});
  let models: Model[] | null = null;
  let thrown: unknown;
  try {
    const asked = adapter.models({
      baseUrl,
      secret: credential?.placeholder ?? null,
      fetch: session.fetch,
      signal: stop,
    });
    models = await Promise.race([asked, aborted]);
    await Promise.race([session.settled(), aborted]);
  } catch (error) {
    thrown = error;
  } finally {
    clearTimeout(timer);
  }
  signal?.throwIfAborted();
  decoder.flush();
  const { outcome } = decoder;
  const ms = clock.mono() - start;
  const { status } = outcome;
  const isList = outcome.mode === 'json' && outcome.body === 'json' && (status ?? 0) < 300;
  if (models && isList) return { models, error: null, ms, status };
  const failure = late.signal.aborted
    ? (late.signal.reason as WireFailure)
    : (session.last()?.failure ?? null);
  const evidence = { outcome, failure, thrown, raw: false, origin: new URL(baseUrl).origin };
  const errors = callErrors(adapter.info.name, text);
  const error = judge(evidence, errors).error ?? errors.app(thrown);
  return { models: null, error, ms, status };
}

/** No list to choose from is longer, and no message to the window takes more. */
const MOST_MODELS = 2000;
const MOST_CHARS = 300_000;

/** The models that are offered, and what to say when these are not all. */
export function offered(all: readonly Model[]): { models: Model[]; note: string } {
  const models: Model[] = [];
  let chars = 0;
  for (const model of all) {
    chars += JSON.stringify(model).length + 1;
    if (models.length === MOST_MODELS || chars > MOST_CHARS) break;
    models.push(model);
  }
  const count = (n: number) => n.toLocaleString('en-US');
  const note =
    models.length === all.length
      ? ''
      : `The server lists ${count(all.length)} models; the first ${count(models.length)} are offered here. Any other can be typed.`;
  return { models, note };
}

/** The outcome of a key's check, with its sentence. */
export function checkResult(name: string, answer: ModelsAnswer, at: number): CheckResult {
  const { status, error, ms } = answer;
  const done = (outcome: CheckResult['outcome'], message: string): CheckResult => ({
    at,
    outcome,
    status,
    ms,
    message,
  });
  if (!error) {
    const n = answer.models.length;
    return done('ok', `${name} accepted the key: ${n === 1 ? '1 model' : `${n} models`}.`);
  }
  const said = `${error.message} ${error.advice}`;
  if (status === 401) return done('rejected', `${name} rejected the key: ${said}`);
  if (status === 403) return done('forbidden', `${name} knows the key but forbids the models list: ${said}`);
  if (status === 402 || status === 429) return done('limited', `${name} limits this key now: ${said}`);
  if (status === null && error.source !== 'app')
    return done('unreachable', `The key was not checked: ${said}`);
  return done('error', `The key could not be checked: ${said}`);
}

const slow = (name: string) =>
  new WireFailure(
    'limit',
    'check',
    `${name} did not answer within ${PATIENCE_MS / 1000} s.`,
    'Try again later.',
  );
