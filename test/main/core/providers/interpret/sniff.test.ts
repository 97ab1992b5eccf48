import { expect, test } from 'vitest';
import { createSniffingInterpreter } from '../../../../../main/core/providers/interpret/sniff.ts';
import { feed, kinds, lanes } from './support.ts';

test.each<[string, (readonly [string, unknown])[]]>([
  [
    'Anthropic',
    [
      ['message_start', { type: 'message_start', message: { model: 'm' } }],
      ['content_block_delta', { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi' } }],
      ['message_stop', { type: 'message_stop' }],
    ],
  ],
  [
    'chat',
    [
      ['message', { model: 'm', choices: [{ index: 0, delta: { content: 'Hi' } }] }],
      ['message', '[DONE]'],
    ],
  ],
  [
    'Responses',
    [
      ['response.created', { type: 'response.created', response: { model: 'm' } }],
      ['response.output_text.delta', { type: 'response.output_text.delta', delta: 'Hi' }],
      ['response.completed', { type: 'response.completed', response: {} }],
    ],
  ],
])('recognises %s by its first event', (_name, events) => {
  const pieces = feed(createSniffingInterpreter(), events);
  expect(lanes(pieces)).toEqual({ text: 'Hi' });
  expect(kinds(pieces)).toContain('terminal');
});

test('stays silent for a format it does not know', () => {
  expect(
    feed(createSniffingInterpreter(), [
      ['tick', { price: 1 }],
      ['message', 'plain'],
    ]),
  ).toEqual([]);
  expect(createSniffingInterpreter().body({ data: [] }, 200)).toEqual([]);
});
