// A server whose names are 900 kB long: each event still fits a message of the bridge, and each row a list.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { jsonSize, MAX_PAYLOAD_CHARS } from '../../../../main/core/rpc/batcher.ts';
import { chatBody, sendAll, testSender } from '../../../support/sender.ts';

const LONG = 'x'.repeat(900_000);
/** What is left of a message for the events beside the largest. */
const FITS = MAX_PAYLOAD_CHARS / 2;

const chunk = (fields: object) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content: 'hi' }, finish_reason: 'stop' }],
  ...fields,
});
const stream = (response: ServerResponse, data: object, event = '') => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`${event}data: ${JSON.stringify(data)}\n\ndata: [DONE]\n\n`);
};
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  'a model': (response) => stream(response, chunk({ model: LONG })),
  'a reason to finish': (response) =>
    stream(response, chunk({ choices: [{ index: 0, delta: { content: 'hi' }, finish_reason: LONG }] })),
  'an event': (response) => stream(response, chunk({}), `event: ${LONG}\n`),
  'a usage report': (response) => stream(response, chunk({ usage: { prompt_tokens: 1, junk: LONG } })),
  'an error in the stream': (response) => stream(response, { error: { message: LONG, type: LONG } }),
  'an error': (response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ error: { message: LONG.slice(0, 400_000), type: LONG.slice(0, 400_000) } }),
    );
  },
};

const server = createServer((request, response) => {
  request.resume();
  ANSWERS[decodeURIComponent(request.url?.split('/')[1] ?? '')]?.(response);
});
afterAll(() => {
  server.close();
});

test.each(Object.keys(ANSWERS))('%s of 900 kB', async (name) => {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { sender, sink } = testSender({ 'requests.maxAttempts': 1 });
  const baseUrl = `http://127.0.0.1:${port}/${encodeURIComponent(name)}`;
  const { events, end, id } = await sendAll(sender, { baseUrl, body: chatBody() });
  expect(end.state).toBe(name.startsWith('an error') ? 'error' : 'complete');
  for (const event of events) expect(jsonSize(event), event.k).toBeLessThan(FITS);
  expect(JSON.stringify(sink.kept.get(id)?.ending).length).toBeLessThan(20_000);
  await sender.close();
});

test('a model of 400 kB in the draft goes out whole, and is kept short', async () => {
  const { sender, sink } = testSender({ 'requests.maxAttempts': 1 });
  const body = JSON.stringify({ ...JSON.parse(chatBody()), model: LONG.slice(0, 400_000) });
  const { id } = await sendAll(sender, { baseUrl: 'http://127.0.0.1:9', body });
  expect(sink.kept.get(id)?.entry.model?.length).toBeLessThanOrEqual(200);
  expect(sink.kept.get(id)?.entry.draft.body).toBe(body);
  await sender.close();
});
