// Requests of a fake core: an answer in Markdown that streams, and a history of the same kind.
import { randomUUID } from 'node:crypto';
import type { HistoryRow } from '../../../preload/contract/history.ts';
import { Draft, type SendEvent, type Usage } from '../../../preload/contract/requests.ts';
import { PROVIDERS } from './providers.ts';

export interface StoredRequest {
  row: HistoryRow;
  draft: Draft;
  answer: string;
}

const ANSWER = `## INC-4821

**Root cause.** A config push halved the connection pool limit on \`db-proxy\`, so checkout workers queued behind slow analytics queries from 14:02 UTC.

**Impact.**

- 18 % of checkouts returned 503 for 11 minutes
- p99 latency rose from 240 ms to 9.1 s in \`eu-west\`
- No data loss; retries drained by 14:19 UTC

**Next steps.**

\`\`\`yaml
pool:
  max_connections: 400
  canary: true
\`\`\`

Gate pool changes behind a canary and alert when the wait queue passes 50 for more than two minutes.
`;

const PROMPTS = [
  [
    'Summarise incident',
    'Summarise incident INC-4821 from these logs. List root cause, impact and next steps.',
  ],
  ['Extract timeline', 'Extract a timeline of events with UTC timestamps as JSON.'],
  ['Baseline chat', 'Say hello in five languages.'],
  ['Judge pairwise', 'Which of the two answers is better, and why?'],
] as const;

export const usage = (input: number, output: number): Usage => ({
  input,
  output,
  cacheRead: 0,
  cacheWrite: 0,
  reasoning: null,
});

/** `n` requests, newest first, a few minutes apart, over all providers and outcomes. */
export function sampleHistory(n: number): StoredRequest[] {
  const now = Date.now();
  return Array.from({ length: n }, (_, index) => {
    const provider = PROVIDERS[index % PROVIDERS.length]!;
    const api = provider.apis[0]!;
    const [name, prompt] = PROMPTS[index % PROMPTS.length]!;
    const outcome =
      index % 11 === 2
        ? 'error'
        : index % 13 === 5
          ? 'truncated'
          : index % 17 === 9
            ? 'cancelled'
            : 'complete';
    const draft = Draft.parse({
      provider: provider.id,
      api: api.id,
      name,
      body: api.example,
      baseUrl: provider.baseUrl,
    });
    return {
      draft,
      answer: outcome === 'error' ? '' : ANSWER,
      row: {
        id: `req-${String(n - index).padStart(6, '0')}`,
        at: now - index * 7 * 60_000,
        name,
        provider: provider.id,
        api: api.id,
        model: modelOf(api.example),
        state: outcome,
        status: outcome === 'error' ? (index % 2 ? 500 : 429) : 200,
        attempts: outcome === 'error' ? 3 : 1,
        ttft: outcome === 'error' ? null : 300 + ((index * 37) % 400),
        total: 900 + ((index * 613) % 5200),
        usage: outcome === 'error' ? null : usage(512, 243),
        keyName: provider.key === 'none' ? null : 'prod-oncall',
        prompt,
      },
    };
  });
}

const modelOf = (example: string): string => (JSON.parse(example) as { model?: string }).model ?? 'unknown';

/** A new request as core would store it at the moment of sending. */
export function storedFrom(draft: Draft): StoredRequest {
  let body: { model?: string; messages?: { content?: unknown }[] } = {};
  try {
    body = JSON.parse(draft.body) as typeof body;
  } catch {
    // A raw body is not JSON.
  }
  const content = body.messages?.at(-1)?.content;
  return {
    draft,
    answer: ANSWER,
    row: {
      id: randomUUID(),
      at: Date.now(),
      name: draft.name,
      provider: draft.provider,
      api: draft.api,
      model: body.model ?? null,
      state: 'streaming',
      status: null,
      attempts: 0,
      ttft: null,
      total: null,
      usage: null,
      keyName: null,
      prompt: typeof content === 'string' ? content.slice(0, 200) : '',
    },
  };
}

/** The events of one request, as live or stored. Times are invented but rise. */
export function* eventsOf({ row, draft, answer }: StoredRequest): Generator<SendEvent> {
  yield { k: 'start', id: row.id, at: row.at, draft };
  const url = `${draft.baseUrl || 'http://127.0.0.1:40123'}/v1/messages`;
  yield {
    k: 'attempt',
    n: 1,
    t: 2,
    method: draft.method,
    url,
    headers: [
      ['content-type', 'application/json'],
      ['accept', 'application/json'],
      ['anthropic-version', '2026-10-21'],
      ['x-api-key', '[key:prod-oncall]'],
      ['user-agent', 'keybench/0.1.0'],
    ],
    bodyBytes: draft.body.length,
  };
  const status = row.state === 'error' ? (row.status ?? 429) : 200;
  yield {
    k: 'head',
    n: 1,
    t: 180,
    status,
    statusText: status === 200 ? 'OK' : 'Too Many Requests',
    headers: [
      ['content-type', status === 200 ? 'text/event-stream; charset=utf-8' : 'application/json'],
      ['request-id', 'req_011CSamplE'],
      ['anthropic-ratelimit-requests-limit', '50'],
      ['anthropic-ratelimit-requests-remaining', '33'],
      ['date', new Date(row.at).toUTCString()],
    ],
    timing: { startedAt: 2, connect: 21, headers: 180, firstByte: 182, end: null },
  };
  if (row.state === 'error') {
    yield {
      k: 'end',
      t: 190,
      state: 'error',
      finish: null,
      error: {
        source: 'provider',
        provider: draft.provider,
        status,
        type: 'rate_limit_error',
        message: 'Number of requests has exceeded your per-minute rate limit.',
        requestId: 'req_011CSamplE',
        advice: 'Wait for the limit to reset, or use another key.',
      },
      ttft: null,
      usage: null,
      model: row.model,
      requestId: 'req_011CSamplE',
      bytes: 214,
    };
    return;
  }
  let i = 0;
  let t = 412;
  yield ev(
    i++,
    t,
    'message_start',
    '{"type":"message_start","message":{"id":"msg_01K8","model":"claude-sonnet-5-5"}}',
  );
  t += 3;
  yield ev(i++, t, 'content_block_start', '{"index":0,"content_block":{"type":"text","text":""}}');
  t += 1;
  yield ev(i++, t, 'ping', '{}');
  for (const piece of answer.match(/\S+\s*/g) ?? []) {
    t += i % 40 === 39 ? 212 : 8 + (i % 9);
    const data = JSON.stringify({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: piece },
    });
    yield { ...ev(i++, t, 'content_block_delta', data), l: 'text', s: piece };
  }
  yield { k: 'usage', t, usage: usage(512, 243), raw: { input_tokens: 512, output_tokens: 243 } };
  t += 4;
  yield ev(i++, t, 'message_stop', '{"type":"message_stop"}');
  yield {
    k: 'end',
    t: t + 1,
    state: row.state === 'truncated' || row.state === 'cancelled' ? row.state : 'complete',
    finish: row.state === 'complete' || row.state === 'streaming' ? 'end_turn' : null,
    error: null,
    ttft: 412,
    usage: usage(512, 243),
    model: row.model,
    requestId: 'req_011CSamplE',
    bytes: 18_400,
  };
}

const ev = (i: number, t: number, e: string, data: string): Extract<SendEvent, { k: 'ev' }> => ({
  k: 'ev',
  i,
  t,
  e,
  p: data.slice(0, 200),
  z: data.length,
});
