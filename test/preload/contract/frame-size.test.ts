import { expect, it, vi } from 'vitest';
import { connect } from '../../../preload/contract/connect.ts';
import { CONTRACT_VERSION, MAX_FRAME_BYTES } from '../../../preload/contract/frames.ts';
import { TEST_CAPABILITIES, testContract } from '../../support/test-contract.ts';

function open() {
  const post = vi.fn();
  let hear: (frame: unknown) => void = () => {};
  const { client } = connect(testContract, {
    post,
    onFrame: (cb) => {
      hear = cb;
    },
    onClose: () => {},
  });
  hear({ t: 'welcome', v: CONTRACT_VERSION, capabilities: TEST_CAPABILITIES });
  return { client, post };
}

it.each([
  ['ASCII', 'x'.repeat(MAX_FRAME_BYTES)],
  ['two-byte characters', 'ü'.repeat(MAX_FRAME_BYTES / 2)],
  ['three-byte characters', '語'.repeat(MAX_FRAME_BYTES / 3)],
  ['four-byte characters', '🙂'.repeat(MAX_FRAME_BYTES / 4)],
])('a frame too large for the channel, of %s, fails alone and is not posted', async (_name, text) => {
  const { client, post } = open();
  await expect(client['test.echo']({ text })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect(post).toHaveBeenCalledTimes(1); // the hello
});

it.each([
  ['ASCII', 'x'.repeat(MAX_FRAME_BYTES - 400)],
  ['two-byte characters', 'ü'.repeat(MAX_FRAME_BYTES / 2 - 200)],
  ['four-byte characters', '🙂'.repeat(MAX_FRAME_BYTES / 4 - 100)],
])('the largest one, of %s, still goes, within the limit', async (_name, text) => {
  const { client, post } = open();
  void client['test.echo']({ text }).catch(() => {});
  await expect.poll(() => post).toHaveBeenCalledTimes(2);
  expect(Buffer.byteLength(JSON.stringify(post.mock.calls[1]?.[0]))).toBeLessThanOrEqual(MAX_FRAME_BYTES);
});
