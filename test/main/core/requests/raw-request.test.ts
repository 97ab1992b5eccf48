import { describe, expect, test } from 'vitest';
import { chatBody, draft, sendAll } from '../../../support/sender.ts';
import { make, serve } from '../../../support/sending.ts';
import { ANTHROPIC, CHAT } from '../../../support/wire-samples.ts';

const raw = (fields: object) => ({ api: 'raw', method: 'POST', ...fields });

describe('what leaves', () => {
  test('method, URL, query, headers and body exactly as written', async () => {
    const { origin, asked } = await serve((res) => res.end('ok'));
    const { sender } = make();
    const body = '{"b" :1,\n "ä": [ ] }';
    const seen = await sendAll(
      sender,
      raw({
        method: 'PUT',
        url: `${origin}/a/b?x=1`,
        query: [['y', 'a b']],
        headers: [
          ['X-One', 'ä'],
          ['Content-Type', 'text/x-own'],
        ],
        body,
      }),
    );
    expect(seen.end.state).toBe('complete');
    expect(asked[0]).toMatchObject({ body, req: { method: 'PUT', url: '/a/b?x=1&y=a+b' } });
    expect(asked[0]?.req.headers).toMatchObject({ 'x-one': 'ä', 'content-type': 'text/x-own' });
    expect(asked[0]?.req.headers.authorization).toBeUndefined();
  });

  test('a path alone is put behind the base URL', async () => {
    const { origin, asked } = await serve((res) => res.end());
    const { sender } = make();
    await sendAll(sender, raw({ baseUrl: `${origin}/v1`, method: 'GET', url: '/models?limit=2' }));
    expect(asked[0]?.req.url).toBe('/v1/models?limit=2');
  });
});

describe('the key', () => {
  test('goes into Authorization, or where {{key}} is written, or nowhere where another credential is', async () => {
    const { origin, asked } = await serve((res) => res.end());
    const { sender, addKey } = make();
    const { id, secret } = addKey(origin);
    const send = async (headers: [string, string][], provider = 'compatible') => {
      const seen = await sendAll(sender, raw({ provider, url: origin, keyId: id, headers }));
      expect(JSON.stringify(seen.events)).not.toContain(secret);
      return asked.at(-1)?.req.headers ?? {};
    };
    expect(await send([])).toMatchObject({ authorization: `Bearer ${secret}` });
    expect(await send([['x-goog-api-key', '{{key}}']])).toMatchObject({ 'x-goog-api-key': secret });
    expect(asked.at(-1)?.req.headers.authorization).toBeUndefined();
    expect((await send([['Authorization', 'Basic mine']])).authorization).toBe('Basic mine');
    const anthropic = await send([['x-api-key', '{{key}}']], 'anthropic');
    expect(anthropic).toMatchObject({ 'x-api-key': secret, 'anthropic-version': '2026-10-21' });
    expect((await send([['anthropic-version', '2023-06-01']], 'anthropic'))['anthropic-version']).toBe(
      '2023-06-01',
    );
  });

  test('reaches no other origin, 0 requests there', async () => {
    const bound = await serve((res) => res.end());
    const other = await serve((res) => res.end());
    const { sender, addKey } = make();
    const { id } = addKey(bound.origin);
    const seen = await sendAll(sender, raw({ url: other.origin, keyId: id }));
    expect(seen.end.error).toMatchObject({ source: 'app', type: 'KEY_WRONG_ORIGIN' });
    expect(other.asked).toHaveLength(0);
  });

  test.each([301, 302, 303, 307, 308])(
    'a %i leads it nowhere: the redirect itself is shown',
    async (status) => {
      const other = await serve((res) => res.end());
      const { origin } = await serve((res) =>
        res.writeHead(status, { location: `${other.origin}/steal` }).end('see there'),
      );
      const { sender, addKey } = make();
      const { id } = addKey(origin);
      const seen = await sendAll(
        sender,
        raw({ url: origin, keyId: id, headers: [['x-api-key', '{{key}}']] }),
      );
      expect(seen.end).toMatchObject({ state: 'error', error: { type: 'redirect', status } });
      expect(seen.end.error?.message).toContain(other.origin);
      expect(seen.of('head').at(-1)?.headers).toContainEqual(['location', `${other.origin}/steal`]);
      expect(seen.of('ev')[0]?.p).toBe('see there');
      expect(other.asked).toHaveLength(0);
    },
  );

  test('a credential typed by hand leaves, but is neither shown nor kept', async () => {
    const { origin, asked } = await serve((res) => res.end());
    const { sender, sink } = make();
    const seen = await sendAll(
      sender,
      raw({
        url: origin,
        headers: [
          ['Authorization', 'Bearer typed-by-hand'],
          ['x-ok', '1'],
        ],
      }),
    );
    expect(asked[0]?.req.headers.authorization).toBe('Bearer typed-by-hand');
    const kept = sink.kept.get(seen.id);
    expect(kept?.entry.draft.headers).toEqual([
      ['Authorization', '[hidden]'],
      ['x-ok', '1'],
    ]);
    expect(JSON.stringify([seen.events, kept])).not.toContain('typed-by-hand');
  });
});

describe('how it ends', () => {
  const answers: [string, string, string, string, number?][] = [
    ['JSON of any kind', 'application/json', '{"data":[]}', 'complete'],
    ['text', 'text/plain', 'hello', 'complete'],
    ['a web page', 'text/html', '<p>hello</p>', 'complete'],
    ['bytes', 'image/png', '\u0000\u0001', 'complete'],
    ['a stream of an unknown kind', 'text/event-stream', 'data: {"x":1}\n\n', 'complete'],
    ['a known stream with its end', 'text/event-stream', CHAT.start + CHAT.end, 'complete'],
    [
      'a known stream without its end',
      'text/event-stream',
      ANTHROPIC.start + ANTHROPIC.text('x'),
      'truncated',
    ],
    ['JSON that stops short', 'application/json', '{"data":[', 'truncated'],
    ['nothing', 'text/plain', '', 'complete'],
    ['an error', 'application/json', CHAT.errorBody('oops', 'It broke'), 'error', 418],
  ];
  test.each(answers)('%s (%s) → %4$s', async (_, type, body, state, status = 200) => {
    const { origin } = await serve((res) => res.writeHead(status, { 'content-type': type }).end(body));
    const { sender } = make();
    const seen = await sendAll(sender, raw({ method: 'GET', url: origin }));
    expect(seen.end.state).toBe(state);
    if (state === 'error')
      expect(seen.end.error).toMatchObject({ status, type: 'oops', message: 'It broke' });
  });
  test('NDJSON: one event per line', async () => {
    const { origin } = await serve((res) =>
      res.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"a":1}\n{"a":2}\n'),
    );
    const { sender } = make();
    const seen = await sendAll(sender, raw({ url: origin }));
    expect(seen.of('ev').map((event) => event.p)).toEqual(['{"a":1}', '{"a":2}']);
    expect(seen.end.state).toBe('complete');
  });
});

describe('preview', () => {
  test.each([
    ['typed', { baseUrl: 'http://127.0.0.1:8099/v1', body: chatBody() }],
    [
      'raw',
      {
        api: 'raw',
        url: 'http://127.0.0.1:8099/x',
        method: 'POST',
        body: '{}',
        headers: [['x-key', '{{key}}']],
      },
    ],
  ])('%s: what would leave, the key by its name, and nothing is sent', async (_, fields) => {
    const { sender, addKey } = make();
    const { id, secret } = addKey('http://127.0.0.1:8099');
    const shown = await sender.preview(draft({ ...(fields as object), keyId: id }));
    expect(shown).toMatchObject({ method: 'POST', body: fields.body });
    expect(JSON.stringify(shown.headers)).toContain('[key:key-1]');
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(JSON.stringify(shown)).not.toContain('placeholder');
  });

  test('is what is then sent', async () => {
    const { origin } = await serve((res) =>
      res.writeHead(200, { 'content-type': 'text/event-stream' }).end(CHAT.end),
    );
    const { sender, addKey } = make();
    const { id } = addKey(origin);
    const what = {
      baseUrl: origin,
      keyId: id,
      body: chatBody(),
      headers: [['x-mine', 'yes']] as [string, string][],
    };
    const shown = await sender.preview(draft(what));
    const sent = (await sendAll(sender, what)).of('attempt')[0];
    expect({ url: shown.url, headers: shown.headers }).toEqual({ url: sent?.url, headers: sent?.headers });
  });

  test('of a draft that cannot be sent fails with its sentence', async () => {
    const { sender } = make();
    await expect(sender.preview(draft({ body: '{' }))).rejects.toMatchObject({ code: 'DRAFT_INVALID' });
  });
});
