import { connect as dial } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connect } from '../../../../preload/contract/connect.ts';
import { MAX_FRAME_BYTES } from '../../../../preload/contract/frames.ts';
import { channelOf, openSocket, startLoopbackHost } from '../../../support/loopback-host.ts';
import { testContract } from '../../../support/test-contract.ts';
import { describeBridge } from '../../../support/transport-suite.ts';

describeBridge('a WebSocket', async () => {
  const host = await startLoopbackHost();
  const { ws, token } = await openSocket(host);
  const { client, ready } = connect(testContract, channelOf(ws), token);
  await ready;
  return {
    client,
    seen: host.seen,
    cut: () => ws.terminate(),
    close: async () => {
      ws.terminate();
      await host.close();
    },
  };
});

const closed = (ws: WebSocket) => new Promise<number>((resolve) => ws.on('close', (code) => resolve(code)));

it('tells the older window that another one took over', async () => {
  const host = await startLoopbackHost();
  const first = await openSocket(host);
  const gone = closed(first.ws);
  await openSocket(host);
  expect(await gone).toBe(4001);
  await host.close();
});

it.each([
  ['binary data', (ws: WebSocket) => ws.send(Buffer.from([1, 2, 3]))],
  ['a message over the size limit', (ws: WebSocket) => ws.send('x'.repeat(MAX_FRAME_BYTES + 1))],
  ['what is not JSON', (ws: WebSocket) => ws.send('{')],
  [
    'a flood of messages',
    (ws: WebSocket) => {
      for (let i = 0; i < 5_000; i++) ws.send('{"t":"cancel","id":1}');
    },
  ],
])('hangs up on %s', async (_name, act) => {
  const host = await startLoopbackHost();
  const { ws, token } = await openSocket(host);
  ws.on('error', () => {});
  const gone = closed(ws);
  if (_name === 'a flood of messages') ws.send(JSON.stringify({ t: 'hello', v: 1, token }));
  act(ws);
  await gone;
  expect(host.seen.produced).toBe(0);
  await host.close();
});

it('is not ended by who is refused and hangs up at once', async () => {
  const host = await startLoopbackHost();
  for (let i = 0; i < 60; i++)
    await new Promise((resolve) => {
      const socket = dial(host.port, '127.0.0.1', () => {
        socket.write(
          `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: http://other.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
        );
        // More than is read, so that the end is a reset and no orderly goodbye.
        socket.write('x'.repeat(100_000));
        setTimeout(() => socket.resetAndDestroy(), i % 3);
      });
      socket.on('error', () => {});
      socket.on('close', resolve);
    });
  const { ws } = await openSocket(host);
  expect(ws.readyState).toBe(WebSocket.OPEN);
  await host.close();
});
