// A stored key in a prompt: asked about before it leaves, never rewritten on its way.
import { describe, expect, test } from 'vitest';
import { requestsHandlers } from '../../../../main/core/requests/handlers.ts';
import { connectLocal } from '../../../../main/core/rpc/local.ts';
import { requests } from '../../../../preload/contract/requests.ts';
import { draft } from '../../../support/sender.ts';
import { make, serve, whole } from '../../../support/sending.ts';

const prompting = (content: string) =>
  JSON.stringify({ model: 'sample-1', stream: true, messages: [{ role: 'user', content }] });
const escaped = (s: string) =>
  [...s].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** A server, and a client of the real contract over a sender that knows one key. */
async function setup() {
  const { origin, asked } = await serve(whole);
  const made = make();
  const key = made.addKey(origin);
  const { client, close } = connectLocal(requests, requestsHandlers(made.sender), { checkOutput: true });
  const send = async (body: string, more: { sendKnownKeys?: boolean; api?: string; url?: string } = {}) => {
    const { sendKnownKeys, ...fields } = more;
    const input = { draft: draft({ baseUrl: origin, keyId: key.id, body, ...fields }) };
    const events = [];
    for await (const event of client['requests.send']({
      ...input,
      ...(sendKnownKeys === undefined ? {} : { sendKnownKeys }),
    }))
      events.push(event);
    close();
    return events;
  };
  return { ...made, origin, asked, key, send };
}

describe('a prompt that holds a stored key', () => {
  test.each([
    ['as it is', (s: string) => prompting(`Why does ${s} not work?`)],
    [
      'in base64',
      (s: string) => prompting(`Authorization: Basic ${Buffer.from(`u:${s}`).toString('base64')}`),
    ],
    ['in JSON escapes', (s: string) => prompting('@').replace('@', escaped(s))],
  ])('%s is refused before anything is asked, seen or kept', async (_form, body) => {
    const { send, key, asked, sink, sender } = await setup();
    const error = await send(body(key.secret)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'PROMPT_HOLDS_KEY',
      message: `This prompt holds your key "${key.alias}".`,
      data: { keys: [key.alias] },
    });
    expect(JSON.stringify(error)).not.toContain(key.secret);
    expect(asked).toEqual([]);
    expect(sink.kept.size).toBe(0);
    expect(sender.inFlight()).toBe(0);
  });

  test('also in a raw request', async () => {
    const { send, key, asked, origin } = await setup();
    const sent = send(`api_key=${key.secret}`, { api: 'raw', url: `${origin}/x` });
    await expect(sent).rejects.toMatchObject({ code: 'PROMPT_HOLDS_KEY' });
    expect(asked).toEqual([]);
  });

  test('all keys are named', async () => {
    const { send, key, addKey } = await setup();
    const other = addKey('https://api.example.com');
    await expect(send(prompting(`${other.secret} or ${key.secret}?`))).rejects.toThrow(
      `This prompt holds your keys "${other.alias}" and "${key.alias}".`,
    );
  });

  test('leaves unchanged when the person says so; the history keeps the name in its place', async () => {
    const { send, key, asked, sink } = await setup();
    const events = await send(prompting(`Is ${key.secret} valid?`), { sendKnownKeys: true });
    expect(events.at(-1)).toMatchObject({ k: 'end', state: 'complete' });
    expect(asked[0]?.body).toContain(`Is ${key.secret} valid?`);
    const [kept] = [...sink.kept.values()];
    expect(kept?.entry.prompt).toBe(`Is [key:${key.alias}] valid?`);
    expect(JSON.stringify([kept, events])).not.toContain(key.secret);
  });
});

test('a prompt without a key is sent without a question', async () => {
  const { send, key, asked } = await setup();
  const events = await send(prompting(`Is ${key.secret.slice(0, -1)} a key? And ${key.alias}?`));
  expect(events.at(-1)).toMatchObject({ state: 'complete' });
  expect(asked).toHaveLength(1);
});
