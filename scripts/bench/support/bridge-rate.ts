// Events per second through the bridge over a real WebSocket: router, batches, credit, JSON both ways.
import { connect } from '../../../preload/contract/connect.ts';
import { channelOf, openSocket, startLoopbackHost } from '../../../test/support/loopback-host.ts';
import { testContract } from '../../../test/support/test-contract.ts';
import { round } from './figure.ts';

export async function measureBridge(events: number): Promise<object> {
  const host = await startLoopbackHost();
  const { ws, token } = await openSocket(host);
  const { client, ready } = connect(testContract, channelOf(ws), token);
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
