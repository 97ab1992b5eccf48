import { beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../../../../main/core/rpc/serve.ts';
import { attachIpc, isOwnFrame } from '../../../../main/shell/electron/ipc-channel.ts';
import { connect } from '../../../../preload/contract/connect.ts';
import { CONTRACT_VERSION, type ServerFrame } from '../../../../preload/contract/frames.ts';
import { ipcMain, StubContents } from '../../../support/electron-stub.ts';
import { type Seen, TEST_CAPABILITIES, testContract, testHandlers } from '../../../support/test-contract.ts';
import { describeBridge } from '../../../support/transport-suite.ts';

type Contents = Parameters<typeof attachIpc>[0];
const real = (contents: StubContents) => contents as unknown as Contents;

function openWindow(seen: Seen = { produced: 0, finished: 0, aborted: 0 }) {
  const contents = new StubContents();
  attachIpc(real(contents), (channel) => {
    serve(testContract, testHandlers(seen), channel, { capabilities: TEST_CAPABILITIES });
  });
  contents.navigate();
  return { contents, seen };
}

beforeEach(() => void ipcMain.removeAllListeners());

describeBridge("Electron's ipc (stub)", async () => {
  const { contents, seen } = openWindow();
  let hear: (frame: unknown) => void = () => {};
  const closers: (() => void)[] = [];
  contents.send = (_channel, frame) => void queueMicrotask(() => hear(structuredClone(frame)));
  const { client, ready } = connect(testContract, {
    post: (frame) => contents.post(structuredClone(frame)),
    onFrame: (cb) => {
      hear = cb;
    },
    onClose: (cb) => closers.push(cb),
  });
  await ready;
  const cut = () => {
    contents.destroyed = true;
    contents.emit('destroyed');
    for (const closer of closers) closer();
  };
  return { client, seen, cut, close: cut };
});

describe('the sender (checklist 17)', () => {
  const hello = { t: 'hello', v: CONTRACT_VERSION };
  it.each([
    ['another window', (own: StubContents) => own.post(hello, own.mainFrame, new StubContents())],
    ['a subframe', (own: StubContents) => own.post(hello, { url: 'app://keybench/index.html' })],
    ['a frame that is gone', (own: StubContents) => own.post(hello, null)],
    [
      'a foreign page in the main frame',
      (own: StubContents) => {
        own.mainFrame.url = 'https://attacker.example/';
        own.post(hello);
      },
    ],
    [
      'a page whose address begins like ours',
      (own: StubContents) => {
        own.mainFrame.url = 'app://keybench.attacker/';
        own.post(hello);
      },
    ],
    [
      'a window that was destroyed',
      (own: StubContents) => {
        own.destroyed = true;
        own.post(hello);
      },
    ],
  ])('is refused: %s', (_name, act) => {
    const { contents } = openWindow();
    act(contents);
    expect(contents.sent).toEqual([]);
  });

  it('is accepted: the main frame with our page', () => {
    const { contents } = openWindow();
    contents.post(hello);
    expect(contents.sent).toMatchObject([{ t: 'welcome' }]);
    expect(
      isOwnFrame({ sender: real(contents), senderFrame: contents.mainFrame as never }, real(contents)),
    ).toBe(true);
  });
});

it('gives a reloaded page a new channel and ends what the old one had open', async () => {
  const { contents, seen } = openWindow();
  contents.post({ t: 'hello', v: CONTRACT_VERSION });
  contents.post({ t: 'open', id: 1, m: 'test.hang', p: {} });
  await new Promise((resolve) => setTimeout(resolve, 10));
  contents.navigate();
  contents.post({ t: 'hello', v: CONTRACT_VERSION });
  expect(seen.aborted).toBe(1);
  expect((contents.sent as ServerFrame[]).filter((frame) => frame.t === 'welcome')).toHaveLength(2);
  expect(ipcMain.listenerCount('rpc')).toBe(1);
});

const frames = (contents: StubContents) => contents.sent as ServerFrame[];

it('hears the old page to its end, and does not take its last words for those of the new one', async () => {
  const { contents } = openWindow();
  contents.post({ t: 'hello', v: CONTRACT_VERSION });
  contents.navigate();
  contents.post({ t: 'open', id: 7, m: 'test.echo', p: { text: 'my state' } });
  contents.post({ t: 'credit', id: 3, n: 256 });
  await expect.poll(() => frames(contents)).toContainEqual({ t: 'done', id: 7, r: { text: 'my state' } });
  contents.post({ t: 'hello', v: CONTRACT_VERSION });
  contents.post({ t: 'open', id: 1, m: 'test.echo', p: { text: 'new' } });
  await expect.poll(() => frames(contents).at(-1)).toEqual({ t: 'done', id: 1, r: { text: 'new' } });
  expect(frames(contents).filter((frame) => frame.t === 'refused')).toEqual([]);
});

it('stays open when the load of another page fails', async () => {
  const { contents } = openWindow();
  contents.post({ t: 'hello', v: CONTRACT_VERSION });
  contents.navigate(); // and nothing comes of it
  contents.post({ t: 'open', id: 1, m: 'test.echo', p: { text: 'still here' } });
  await expect.poll(() => frames(contents).at(-1)).toMatchObject({ t: 'done', id: 1 });
});

it('lets go of the ipc when the window is destroyed', () => {
  const { contents } = openWindow();
  contents.destroyed = true;
  contents.emit('destroyed');
  expect(ipcMain.listenerCount('rpc')).toBe(0);
});
