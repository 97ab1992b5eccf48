// A sender with everything real but the keychain and the disk, for tests of what goes over the wire.
import { randomBytes } from 'node:crypto';
import { systemClock } from '../../main/core/clock.ts';
import type { Ending, NewEntry, Recorded, RecordSink } from '../../main/core/history/records.ts';
import { Scrubber } from '../../main/core/keys/scrub.ts';
import { createRegistry } from '../../main/core/providers/registry.ts';
import { createSender, type Sender, type SenderDeps } from '../../main/core/requests/send-request.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { Draft, type SendEvent } from '../../preload/contract/requests.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../preload/contract/settings.ts';

export interface Kept {
  entry: NewEntry;
  records: Recorded[];
  answer: string;
  appends: number;
  ending: Ending | null;
}

/** Keeps everything in memory, as the history would on disk. */
export function memorySink(): RecordSink & { kept: Map<string, Kept> } {
  const kept = new Map<string, Kept>();
  const of = (id: string) => kept.get(id) as Kept;
  return {
    kept,
    begin: (entry) => kept.set(entry.id, { entry, records: [], answer: '', appends: 0, ending: null }),
    append: (id, records, answer) => {
      of(id).records.push(...records);
      of(id).answer += answer;
      of(id).appends++;
    },
    finish: (id, ending) => {
      of(id).ending = ending;
    },
  };
}

export interface TestSender {
  sender: Sender;
  sink: ReturnType<typeof memorySink>;
  scrubber: Scrubber;
  /** Everything that was logged, one string per entry. */
  logged: string[];
  /** A key bound to `origin`; `prefix` makes it look like a provider's. */
  addKey(origin: string, prefix?: string): { id: string; secret: string; alias: string };
}

export function testSender(
  settings: Partial<Settings> = {},
  deps: Partial<SenderDeps> & { demoOrigin?: string } = {},
): TestSender {
  const sink = memorySink();
  const scrubber = new Scrubber();
  const logged: string[] = [];
  const keys = new Map<string, { secret: string; alias: string; origin: string }>();
  const all: Settings = { ...DEFAULT_SETTINGS, ...settings };
  const sender = createSender({
    registry: createRegistry({ demoOrigin: () => deps.demoOrigin ?? 'http://127.0.0.1:9' }),
    keys: {
      secretFor: async (id, url) => {
        const key = keys.get(id);
        if (!key) throw new AppError('KEY_NOT_FOUND', 'There is no such key.');
        if (new URL(url).origin !== key.origin)
          throw new AppError('KEY_WRONG_ORIGIN', `The key "${key.alias}" is bound to ${key.origin}.`);
        return { secret: key.secret, alias: key.alias };
      },
      nameOf: (id) => keys.get(id)?.alias ?? null,
    },
    sink,
    settings: () => all,
    clock: systemClock,
    log: {
      warn: (message, data) => logged.push(`${message} ${JSON.stringify(data)}`),
      error: (message, error) =>
        logged.push(`${message} ${error instanceof Error ? error.stack : String(error)}`),
    },
    scrubber,
    ...deps,
  });
  return {
    sender,
    sink,
    scrubber,
    logged,
    addKey(origin, prefix = 'sk-CANARY-') {
      const secret = prefix + randomBytes(18).toString('base64url');
      const alias = `key-${keys.size + 1}`;
      const id = crypto.randomUUID();
      keys.set(id, { secret, alias, origin });
      scrubber.add(secret, alias);
      return { id, secret, alias };
    },
  };
}

export const draft = (fields: Partial<Draft>): Draft =>
  Draft.parse({ provider: 'compatible', api: 'openai.chat', ...fields });

export type End = Extract<SendEvent, { k: 'end' }>;

export interface Seen {
  events: SendEvent[];
  end: End;
  id: string;
  text: string;
  of<K extends SendEvent['k']>(kind: K): Extract<SendEvent, { k: K }>[];
}

/** Sends and reads to the end. `watch` may act on each event. */
export async function sendAll(
  sender: Sender,
  what: Partial<Draft>,
  watch?: (event: SendEvent, cancel: () => void) => void,
): Promise<Seen> {
  const abort = new AbortController();
  const events: SendEvent[] = [];
  for await (const event of sender.send(draft(what), abort.signal)) {
    events.push(event);
    watch?.(event, () => abort.abort());
  }
  const of = <K extends SendEvent['k']>(kind: K) =>
    events.filter((event): event is Extract<SendEvent, { k: K }> => event.k === kind);
  const ends = of('end');
  if (ends.length !== 1 || events.at(-1)?.k !== 'end') throw new Error(`${ends.length} ends`);
  return {
    events,
    end: ends[0] as End,
    id: of('start')[0]?.id ?? '',
    text: of('ev')
      .map((event) => event.s ?? '')
      .join(''),
    of,
  };
}

/** The typed APIs that go to a server of one's own, with a body each takes. */
export const TYPED: { provider: string; api: string; prefix: string; body: string }[] = [
  {
    provider: 'anthropic',
    api: 'anthropic.messages',
    prefix: 'sk-ant-CANARY-',
    body: JSON.stringify({
      model: 'sample-1',
      max_tokens: 64,
      stream: true,
      messages: [{ role: 'user', content: 'Say hi' }],
    }),
  },
  ...['openai', 'compatible'].map((provider) => ({
    provider,
    api: 'openai.chat',
    prefix: 'sk-CANARY-',
    body: chatBody(),
  })),
  {
    provider: 'openai',
    api: 'openai.responses',
    prefix: 'sk-CANARY-',
    body: JSON.stringify({ model: 'sample-1', stream: true, input: 'Say hi' }),
  },
  { provider: 'huggingface', api: 'hf.chat', prefix: 'hf_CANARY', body: chatBody() },
];

export function chatBody(stream = true): string {
  return JSON.stringify({ model: 'sample-1', stream, messages: [{ role: 'user', content: 'Say hi' }] });
}
