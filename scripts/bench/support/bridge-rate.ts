// Events per second through the bridge over a real WebSocket: router, batches, credit, JSON both ways.
import { WebSocket } from 'ws';
import { connect } from '../../../preload/contract/connect.ts';
import { ask, signIn, startLoopbackHost } from '../../../test/support/loopback-host.ts';
import { testContract } from '../../../test/support/test-contract.ts';
import { round } from './figure.ts';

export async function measureBridge(events: number): Promise<object> {
  const host = await startLoopbackHost();
  const cookie = await signIn(host);
  const { body } = await ask(host.port, 'POST', '/session', {
    cookie,
    origin: host.origin,
    'x-keybench': '1',
  });
  const { token } = JSON.parse(body) as { token: string };
  const ws = new WebSocket(`${host.origin.replace('http', 'ws')}/ws`, {
    headers: { cookie, origin: host.origin },
  });
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
  const { client, ready } = connect(
    testContract,
    {
      post: (frame) => ws.send(JSON.stringify(frame)),
      onFrame: (cb) => ws.on('message', (data) => cb(JSON.parse(String(data)))),
      onClose: (cb) => ws.on('close', cb),
    },
    token,
  );
  await ready;
  let count = 0;
  let first = 0;
  const began = performance.now();
  for await (const _event of client['test.count']({ to: events }))
    if (count++ === 0) first = performance.now() - began;
  const seconds = (performance.now() - began) / 1000;
  ws.terminate();
  await host.close();
  return { events: count, perSecond: Math.round(count / seconds), firstEventMs: round(first) };
}
