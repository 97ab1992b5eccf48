import { describe, expect, it } from 'vitest';
import type { CallError, SendEvent } from '../../../../preload/contract/requests.ts';
import { errorTitle } from '../../../../renderer/features/explorer/messages.ts';
import { figures } from '../../../../renderer/features/explorer/response/figures.ts';
import { FlushScheduler } from '../../../../renderer/stream/flush-scheduler.ts';
import { Pane } from '../../../../renderer/stream/pane.ts';
import { formatRate } from '../../../../renderer/ui/format.ts';
import { FakeFrames } from '../../stream/fake-frames.ts';

const text = (i: number, t: number, s: string): SendEvent => ({
  k: 'ev',
  i,
  t,
  e: 'd',
  p: s,
  z: 1,
  l: 'text',
  s,
});

describe('figures', () => {
  it('has no rate for an answer that came all at once', () => {
    const pane = new Pane(new FlushScheduler(new FakeFrames()));
    pane.push(text(0, 14, 'The whole answer in one piece.'));
    expect(figures(pane, 15).rateMs).toBeNull();
    expect(figures(pane, 514).rateMs).toBe(500);
  });

  it('takes the first count of an answer that was cut for what it is', () => {
    const pane = new Pane(new FlushScheduler(new FakeFrames()));
    pane.push({
      k: 'usage',
      t: 10,
      usage: { input: 35, output: 1, cacheRead: null, cacheWrite: null, reasoning: null },
      raw: {},
    });
    pane.push(text(0, 300, 'x'.repeat(400)));
    pane.abandon('cancelled', null);
    expect(figures(pane, 2300)).toEqual({ input: 35, output: 100, estimated: true, rateMs: 2000 });
  });

  it('writes a rate of thousands without decimals', () => {
    expect(formatRate(71.4, 1000)).toBe('71.4 tok/s');
    expect(formatRate(50_123, 10_000)).toBe('5,012 tok/s');
  });
});

describe('errorTitle', () => {
  const error = (change: Partial<CallError>): CallError => ({
    source: 'provider',
    provider: 'Demo',
    status: 429,
    type: 'rate_limit_error',
    message: 'Too many requests.',
    requestId: null,
    advice: '',
    ...change,
  });

  it('begins with what the provider calls it', () => {
    expect(errorTitle(error({}))).toBe('429 rate_limit_error: Too many requests.');
  });

  it('never names a status of success as the error', () => {
    expect(errorTitle(error({ status: 200, type: 'overloaded_error' }))).toBe(
      'overloaded_error: Too many requests.',
    );
  });

  it('keeps codes of the app out of its own sentence', () => {
    const broke = error({
      source: 'connection',
      status: 200,
      type: 'UND_ERR_SOCKET',
      message: 'It broke off.',
    });
    expect(errorTitle(broke)).toBe('It broke off.');
  });
});
