import { describe, expect, test } from 'vitest';
import { Scrubber } from '../../../../main/core/keys/scrub.ts';
import { createAnthropicInterpreter } from '../../../../main/core/providers/interpret/anthropic-messages.ts';
import { LaneText } from '../../../../main/core/requests/lane-text.ts';
import { RecordDecoder } from '../../../../main/core/requests/record-decoder.ts';
import type { SendEvent } from '../../../../preload/contract/requests.ts';
import { ANTHROPIC as W } from '../../../support/wire-samples.ts';

const SECRET = 'sk-CANARY-0123456789abcdefghij';
const scrubber = new Scrubber();
scrubber.add(SECRET, 'prod');
const textStream = () => scrubber.textStream();
const pieces = (text: string, size: number) => text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];

describe('lanes', () => {
  test('a key in pieces is replaced, whatever the size of the pieces', () => {
    for (const size of [1, 2, 5, 29, 30]) {
      const lanes = new LaneText(textStream);
      const text = pieces(`before ${SECRET} after`, size)
        .flatMap((piece) => lanes.push([['text', piece]]))
        .concat(lanes.end())
        .map(([, one]) => one)
        .join('');
      expect(text).toBe('before [key:prod] after');
    }
  });

  test('lanes do not mix', () => {
    const lanes = new LaneText(textStream);
    expect(lanes.push([['text', 'a sk-CAN']])).toEqual([['text', 'a ']]);
    expect(lanes.push([['thinking', 'ARY-0123456789abcdefghij']])).toEqual([
      ['thinking', 'ARY-0123456789abcdefghij'],
    ]);
    expect(lanes.end()).toEqual([['text', 'sk-CAN']]);
  });
});

describe('a decoded stream', () => {
  const decode = (stream: string) => {
    const events: SendEvent[] = [];
    const decoder = new RecordDecoder({
      interpreter: createAnthropicInterpreter,
      emit: (event) => events.push(event),
      textStream,
    });
    const timing = { startedAt: 0, connect: null, headers: 1, firstByte: null, end: null };
    const headers: [string, string][] = [['content-type', 'text/event-stream']];
    decoder.push({
      k: 'attempt',
      n: 1,
      t: 0,
      method: 'POST',
      url: 'https://a.example',
      headers: [],
      bodyBytes: 0,
    });
    decoder.push({ k: 'head', n: 1, t: 1, status: 200, statusText: 'OK', headers, timing });
    decoder.push({ k: 'bytes', n: 1, t: 2, bytes: Buffer.from(stream) });
    decoder.flush();
    const evs = events.filter((event) => event.k === 'ev');
    return { evs, shown: evs.map(({ s = '' }) => s).join(''), answer: decoder.answer };
  };
  const inPieces = pieces(`It is ${SECRET}, yes`, 4).map(W.text).join('');

  test('shows and keeps the name of a key that came in pieces', () => {
    const { shown, answer } = decode(W.start + inPieces + W.end);
    expect(shown).toBe('It is [key:prod], yes');
    expect(answer).toBe(shown);
  });

  test('gives out at its end what could have become a key', () => {
    const { evs, shown } = decode(`${W.start}${W.text('gas')}${W.end}`);
    expect(shown).toBe('gas');
    expect(new Set(evs.map(({ i }) => i)).size).toBe(evs.length);
  });

  test('that is cut gives it out with the last event, and hides most of a key', () => {
    const { evs, shown, answer } = decode(W.start + W.text('gas'));
    expect(shown).toBe('gas');
    expect(answer).toBe('gas');
    expect(evs.at(-1)).toMatchObject({ i: evs.at(-2)?.i, s: 's', p: '', z: 0 });
    expect(
      decode(
        W.start +
          pieces(`It is ${SECRET.slice(0, -4)}`, 4)
            .map(W.text)
            .join(''),
      ).shown,
    ).toBe('It is [key:prod]');
  });
});
