// Support for the tests of this folder: requests as the recorder writes them.
import { randomUUID } from 'node:crypto';
import type { ListInput } from '../../../../main/core/history/list-requests.ts';
import type { Ending, NewEntry, Recorded, RecordSink } from '../../../../main/core/history/records.ts';
import { Draft } from '../../../../preload/contract/requests.ts';

export const bytesOf = (text: string, t = 1, n = 1): Recorded => ({
  k: 'bytes',
  n,
  t,
  bytes: new TextEncoder().encode(text),
});

export const attemptOf = (n = 1, t = 0): Recorded => ({
  k: 'attempt',
  n,
  t,
  method: 'POST',
  url: 'http://127.0.0.1/v1/messages',
  headers: [['x-api-key', '[key:demo]']],
  bodyBytes: 10,
});

export const headOf = (status = 200, n = 1, t = 5): Recorded => ({
  k: 'head',
  n,
  t,
  status,
  statusText: 'OK',
  headers: [['content-type', 'text/event-stream']],
  timing: { startedAt: 0, connect: 1, headers: 5, firstByte: null, end: null },
});

export function newEntry(over: Partial<NewEntry> & { name?: string; provider?: string } = {}): NewEntry {
  const { name = '', provider = 'demo', ...rest } = over;
  return {
    id: randomUUID(),
    at: 1_790_000_000_000,
    draft: Draft.parse({ name, provider, api: `${provider}.chat`, body: '{}' }),
    keyName: null,
    model: 'demo-1',
    prompt: 'Hello there',
    ...rest,
  };
}

export function endingOf(over: Partial<Ending> = {}): Ending {
  const { state = 'complete', model = 'demo-1', usage = null, totalMs = 100 } = over;
  return {
    state,
    end: {
      k: 'end',
      t: totalMs,
      state,
      finish: 'stop',
      error: null,
      ttft: 12,
      usage,
      model,
      requestId: 'req_1',
      bytes: 3,
    },
    status: 200,
    attempts: 1,
    totalMs,
    model,
    usage,
    answer: 'A short answer',
    ...over,
  };
}

/** A whole request. Returns its id. */
export function put(
  sink: RecordSink,
  entry: Parameters<typeof newEntry>[0] = {},
  ending: Partial<Ending> = {},
): string {
  const made = newEntry(entry);
  sink.begin(made);
  sink.append(made.id, [attemptOf(), headOf(), bytesOf('data: {}\n\n')], '');
  sink.finish(made.id, endingOf({ model: made.model, ...ending }));
  return made.id;
}

export const listInput = (over: Partial<ListInput> = {}): ListInput => ({
  q: '',
  filter: { provider: [], state: [] },
  order: 'newest',
  before: null,
  limit: 50,
  ...over,
});
