// Headers and query of any length cross the bridge or are refused in a sentence: no request ends as TOO_LARGE.
import { expect, test } from 'vitest';
import { requestsHandlers } from '../../../../main/core/requests/handlers.ts';
import { connectLocal } from '../../../../main/core/rpc/local.ts';
import { type Draft, requests } from '../../../../preload/contract/requests.ts';
import { chatBody, draft } from '../../../support/sender.ts';
import { make, serve, whole } from '../../../support/sending.ts';

async function send(fields: Partial<Draft>) {
  const { origin, asked } = await serve(whole);
  const { client, close } = connectLocal(requests, requestsHandlers(make().sender), { checkOutput: true });
  const events = [];
  const given = draft({ baseUrl: origin, body: chatBody(), ...fields });
  for await (const event of client['requests.send']({ draft: given })) events.push(event);
  close();
  const end = events.at(-1);
  return { events, asked, error: end?.k === 'end' ? end.error : undefined };
}

test.each<[string, Partial<Draft>]>([
  ['six headers of 60,000 characters', { headers: pairs(6, 'h'.repeat(60_000)) }],
  ['200 short headers with long names', { headers: pairs(200, 'v'.repeat(600)) }],
  ['a query that is long once it is encoded', { query: pairs(2, '語'.repeat(6_000)) }],
  ['the two together', { headers: pairs(1, 'h'.repeat(60_000)), query: pairs(1, 'q'.repeat(60_000)) }],
])('%s: refused in one sentence before anything leaves', async (_what, fields) => {
  const { events, asked, error } = await send(fields);
  expect(events.map((event) => event.k)).toEqual(['start', 'end']);
  expect(error).toMatchObject({ source: 'app', type: 'DRAFT_INVALID' });
  expect(error?.message).toMatch(
    /^The headers and the query have 1\d\d,\d{3} characters in all: shorten them to 100,000, which is more than servers take\.$|^The headers and the query have 360,\d{3} characters/,
  );
  expect(asked).toEqual([]);
});

// Quotes count twice in JSON: 66,000 pairs of them are 198,000 characters of a body, and 330,000 of an event.
test.each<[string, number, Partial<Draft>]>([
  ['headers', 39_000, { headers: pairs(8, 'h'.repeat(12_000)) }],
  ['headers', 66_000, { headers: pairs(8, 'h'.repeat(12_000)) }],
  ['a query, encoded,', 39_000, { query: pairs(1, '語'.repeat(11_000)) }],
])(
  '%s just within the bound cross the bridge, beside a body of %i pairs of quotes',
  async (_what, quotes, fields) => {
    const body = `{"model":"m","messages":[{"role":"user","content":"x"}],"stop":[${'"",'.repeat(quotes)}""]}`;
    const { events, error } = await send({ ...fields, body });
    expect(events[0]).toMatchObject({ k: 'start', draft: { body: quotes === 39_000 ? body : '' } });
    expect(events[1]).toMatchObject({ k: 'attempt', n: 1 });
    expect(error?.type).not.toBe('TOO_LARGE');
  },
);

function pairs(n: number, value: string): Draft['headers'] {
  return Array.from({ length: n }, (_, i) => [`x-${i}`, value]);
}
