// Through the sender: what a draft that cannot be sent looks like to who sends it.
import { describe, expect, test } from 'vitest';
import type { SendEvent } from '../../../../preload/contract/requests.ts';
import { chatBody, draft, sendAll } from '../../../support/sender.ts';
import { make } from '../../../support/sending.ts';

describe('drafts that cannot be sent', () => {
  const at = (fields: object) => ({ baseUrl: 'http://127.0.0.1:9', body: chatBody(), ...fields });
  test.each([
    [
      { body: '{"model": "m",\n "messages": oops}' },
      /not valid JSON: at line 2, column 14, a value is expected/,
    ],
    [{ body: '' }, /not valid JSON/],
    [{ body: '[]' }, /must be a JSON object/],
    [{ body: '{"messages":[{"role":"user","content":"x"}]}' }, /no "model"/],
    [{ body: '{"model":"m","messages":[]}' }, /no "messages"/],
    [{ baseUrl: 'not a url' }, /base URL is not an address/],
    [{ baseUrl: 'ftp://x' }, /only http/],
    [{ baseUrl: 'http://u:p@127.0.0.1' }, /user name or password/],
    [{ baseUrl: 'http://127.0.0.1/?x=1' }, /query or a fragment/],
    [{ api: 'openai.unknown' }, /no API named/],
    [{ provider: 'nobody' }, /no provider "nobody"/],
    [{ provider: 'openai', keyId: null }, /needs a key/],
    [{ headers: [['bad name', 'x']] }, /not a header name/],
    [{ headers: [['x', 'a\r\nb: c']] }, /line break/],
    [{ headers: [['Content-Length', '3']] }, /set by the connection/],
    [{ headers: [['x', '{{key}}']] }, /no key is chosen/],
    [{ headers: [['authorization', 'Bearer [hidden]']] }, /not kept/],
    [{ query: [['k', '{{key}}']] }, /into a header/],
    [{ api: 'raw', url: '' }, /no URL/],
    [{ api: 'raw', url: 'javascript:alert(1)' }, /only http/],
    [{ api: 'raw', url: 'http://127.0.0.1:9', method: 'TRACE' }, /not a method/],
    [{ api: 'raw', url: 'http://127.0.0.1:9', method: 'GET', body: 'x' }, /carries no body/],
  ])('%j', async (fields, sentence) => {
    const { sender, sink } = make();
    const seen = await sendAll(sender, at(fields) as never);
    expect(seen.events.map((event) => event.k)).toEqual(['start', 'end']);
    expect(seen.end).toMatchObject({
      state: 'error',
      error: { source: 'app', advice: expect.stringContaining('Nothing was sent') },
    });
    expect(seen.end.error?.message).toMatch(sentence);
    expect(sink.kept.size).toBe(0);
  });

  test('a stored key typed into a header or an address is refused, and not repeated', async () => {
    const { sender, addKey } = make();
    const key = addKey('http://127.0.0.1:9');
    for (const fields of [{ headers: [['x', `a ${key.secret}`]] }, { query: [['key', key.secret]] }]) {
      const seen = await sendAll(sender, at(fields) as never);
      expect(seen.end.error?.message).toMatch(/stored key in clear/);
      expect(JSON.stringify(seen.events)).not.toContain(key.secret);
    }
  });

  test('a key that cannot be had is an error with its sentence, and is kept', async () => {
    const { sender, sink, addKey } = make();
    const key = addKey('https://elsewhere.example');
    const seen = await sendAll(sender, at({ keyId: key.id }) as never);
    expect(seen.end.error).toMatchObject({ source: 'app', type: 'KEY_WRONG_ORIGIN' });
    expect(seen.end.error?.message).toContain('https://elsewhere.example');
    expect(sink.kept.get(seen.id)?.ending?.state).toBe('error');
  });

  test('a keychain that answers never does not hold up a cancel', async () => {
    const { sender } = make({}, { keys: { secretFor: () => new Promise(() => {}), nameOf: () => 'k' } });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    const events: SendEvent[] = [];
    for await (const event of sender.send(draft(at({ keyId: crypto.randomUUID() })), abort.signal))
      events.push(event);
    expect(events.at(-1)).toMatchObject({ k: 'end', state: 'cancelled' });
  });
});
