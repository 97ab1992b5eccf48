import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeAnswer, keywordsOf } from '../../../../main/core/demo/answer-text.ts';
import type { Ask } from '../../../../main/core/demo/ask.ts';
import { findDemoModel } from '../../../../main/core/demo/demo-models.ts';
import { makePlan } from '../../../../main/core/demo/plan.ts';
import { sampleFor } from '../../../../main/core/demo/sample-json.ts';
import { countTokens, tokenize } from '../../../../main/core/demo/tokens.ts';

const ask = (prompt: string, extra: Partial<Ask> = {}): Ask => ({
  model: findDemoModel('demo-1') ?? expect.fail(),
  format: 'chat',
  turns: [{ role: 'user', text: prompt }],
  tools: [],
  schema: null,
  maxTokens: null,
  stops: [],
  stream: true,
  inputTokens: 1,
  ...extra,
});

describe('tokens', () => {
  test('follow the documented rule', () => {
    expect(tokenize('Hello, streaming world')).toEqual(['Hello', ',', ' stream', 'ing', ' world']);
    expect(tokenize('a  \n')).toEqual(['a', '  \n']);
    expect(tokenize('')).toEqual([]);
  });
  test('joined are the text again, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: 'grapheme' }),
          fc.stringMatching(/^[ \n\ta.]{0,60}$/),
        ),
        (text) => {
          expect(tokenize(text).join('')).toBe(text);
        },
      ),
      { numRuns: 2000 },
    );
  });
  test('take time in proportion to the text', () => {
    const began = performance.now();
    expect(countTokens(`${' '.repeat(1_000_000)}x${' '.repeat(1_000_000)}`)).toBe(2);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('answers', () => {
  test('say what they are, and are honest about the prompt', () => {
    const text = composeAnswer(ask('How do glaciers carve valleys, and why do glaciers move?'), 1);
    expect(text).toContain('No model ran');
    expect(text).toContain('10 words');
    expect(text).toContain('**glaciers**');
  });
  test('do not let the prompt add Markdown', () => {
    const text = composeAnswer(ask('![x](http://evil.example) <img src=x> `code` **bold** # head'), 1);
    const sent = text.split('\n').find((line) => line.startsWith('Your prompt')) ?? '';
    expect(sent).not.toMatch(/[![\]<>`*#]/);
  });
  test('get as long as the prompt asks, within bounds', () => {
    expect(countTokens(composeAnswer(ask('Write 3000 tokens about tea'), 1))).toBeGreaterThanOrEqual(3000);
    const words = composeAnswer(ask('Write 900 words about tea'), 1).split(/\s+/).length;
    expect(words).toBeGreaterThan(800);
    expect(words).toBeLessThan(1300);
  });
  test('find telling words in any prompt', () => {
    fc.assert(
      fc.property(fc.string(), (prompt) => {
        expect(keywordsOf(prompt).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('plans', () => {
  test('never pass the limit, and say so when it cuts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom('demo-1', 'demo-thinking'),
        (maxTokens, id) => {
          const model = findDemoModel(id) ?? expect.fail();
          const whole = makePlan(ask('Tell me about tea', { model }));
          const plan = makePlan(ask('Tell me about tea', { model, maxTokens }));
          expect(plan.outputTokens).toBe(Math.min(maxTokens, whole.outputTokens));
          expect(plan.stop).toBe(maxTokens < whole.outputTokens ? 'length' : 'end');
        },
      ),
    );
  });

  test('demo-long fills the limit exactly, up to 50,000', () => {
    const model = findDemoModel('demo-long') ?? expect.fail();
    expect(makePlan(ask('x', { model, maxTokens: 50_000 })).outputTokens).toBe(50_000);
  });
  test('stop at the first stop text', () => {
    const plan = makePlan(ask('x', { stops: ['outline', 'Demo'] }));
    expect(plan).toMatchObject({ stop: 'stop', stopText: 'Demo' });
    expect(plan.text.join('')).toBe('**This is the ');
  });
  test('a tool without tools explains how to add one', () => {
    const plan = makePlan(ask('x', { model: findDemoModel('demo-tool') ?? expect.fail() }));
    expect(plan.tool).toBeNull();
    expect(plan.text.join('')).toContain('"get_weather"');
  });
});

describe('sample values', () => {
  test.each<[unknown, unknown]>([
    [
      { type: 'object', properties: { a: { type: 'string' }, n: { type: 'integer', minimum: 4 } } },
      { a: 'tea', n: 4 },
    ],
    [{ enum: ['x', 'y'] }, 'x'],
    [{ type: ['string', 'null'] }, 'tea'],
    [{ type: 'array', items: { type: 'boolean' } }, [true]],
    [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 1],
    [{ type: 'string', format: 'date' }, '2026-11-20'],
    [undefined, {}],
  ])('%j', (schema, value) => {
    expect(sampleFor(schema, ['tea'])).toEqual(value);
  });
  test('end for schemas without end', () => {
    const deep: Record<string, unknown> = { type: 'object' };
    deep.properties = { again: deep };
    expect(JSON.stringify(sampleFor(deep, []))).toContain('again');
  });
});
