import { describe, expect, test } from 'vitest';
import { messages } from '../../../../renderer/features/history/messages.ts';
import {
  effectiveQuery,
  mergeTerms,
  parseQuery,
  STATES,
  takeTerms,
  toFilter,
  toggleTerm,
} from '../../../../renderer/features/history/query.ts';

const providers = [
  { id: 'openai', name: 'OpenAI' },
  { id: 'anthropic', name: 'Anthropic' },
  { id: 'huggingface', name: 'Hugging Face' },
];
const openai = { field: 'provider', value: 'openai' } as const;
const error = { field: 'state', value: 'error' } as const;

describe('parseQuery', () => {
  test('takes filter words out, wherever they stand, and leaves the rest as text', () => {
    expect(parseQuery('pool provider:openai limit state:error', providers)).toEqual({
      terms: [openai, error],
      text: 'pool limit',
      unknown: [],
    });
  });

  test('reads every state and nothing else as a state', () => {
    for (const state of STATES)
      expect(parseQuery(`state:${state}`, providers).terms).toEqual([{ field: 'state', value: state }]);
    expect(parseQuery('state:fine', providers)).toEqual({
      terms: [],
      text: '',
      unknown: [{ field: 'state', value: 'fine' }],
    });
  });

  test('takes the words by which the screen calls the states, in any case', () => {
    for (const state of STATES)
      expect(parseQuery(`state:${messages.states[state]}`, providers).terms).toEqual([
        { field: 'state', value: state },
      ]);
    expect(parseQuery('state:failed,done state:error', providers)).toEqual({
      terms: [error, { field: 'state', value: 'complete' }],
      text: '',
      unknown: [],
    });
  });

  test('finds a provider by id or by name, in any case, with quotes where the name has a space', () => {
    expect(parseQuery('provider:OPENAI', providers).terms).toEqual([openai]);
    expect(parseQuery('PROVIDER:"hugging face" pool', providers)).toMatchObject({
      terms: [{ field: 'provider', value: 'huggingface' }],
      text: 'pool',
    });
  });

  test('reads a list of values', () => {
    expect(parseQuery('provider:openai,anthropic', providers).terms).toEqual([
      openai,
      { field: 'provider', value: 'anthropic' },
    ]);
  });

  test('keeps a filter word in quotes as text', () => {
    expect(parseQuery('"state:error" x', providers)).toEqual({
      terms: [],
      text: '"state:error" x',
      unknown: [],
    });
  });

  test('leaves other words with a colon alone, so that URLs and JSON can be searched for', () => {
    expect(parseQuery('https://x.test "a": 1 model:gpt', providers)).toMatchObject({
      terms: [],
      text: 'https://x.test "a": 1 model:gpt',
      unknown: [],
    });
  });

  test('says which filter words are unknown instead of searching for them', () => {
    expect(parseQuery('provider:nobody pool state:', providers)).toEqual({
      terms: [],
      text: 'pool',
      unknown: [
        { field: 'provider', value: 'nobody' },
        { field: 'state', value: '' },
      ],
    });
  });

  test('holds its tongue about the word being typed, but not about those before it', () => {
    expect(parseQuery('pool state:err', providers, { typing: true })).toEqual({
      terms: [],
      text: 'pool',
      unknown: [],
    });
    expect(parseQuery('state:err pool', providers, { typing: true }).unknown).toHaveLength(1);
    expect(parseQuery('state:err ', providers, { typing: true }).unknown).toHaveLength(1);
  });

  test('counts a repeated filter once', () => {
    expect(parseQuery('state:error state:ERROR', providers).terms).toEqual([error]);
  });

  test('survives unbalanced quotes and empty input', () => {
    expect(parseQuery('', providers)).toEqual({ terms: [], text: '', unknown: [] });
    expect(parseQuery('"open', providers).text).toBe('"open');
    expect(parseQuery('provider:"hugging face', providers).terms).toHaveLength(1);
  });
});

describe('takeTerms', () => {
  test('turns a word into a chip once a space follows', () => {
    expect(takeTerms('state:error', providers)).toEqual({ terms: [], rest: 'state:error' });
    expect(takeTerms('state:error ', providers)).toEqual({ terms: [error], rest: '' });
    expect(takeTerms('pool state:error limit', providers)).toEqual({ terms: [error], rest: 'pool limit' });
  });

  test('leaves unknown filter words and plain text exactly as typed', () => {
    expect(takeTerms('state:err  two  spaces ', providers)).toEqual({
      terms: [],
      rest: 'state:err  two  spaces ',
    });
  });

  test('never looks inside quotes', () => {
    expect(takeTerms('"a state:error b" ', providers)).toEqual({ terms: [], rest: '"a state:error b" ' });
  });
});

describe('the whole search', () => {
  test('joins chips and what is typed, each filter once', () => {
    expect(effectiveQuery([error], 'pool provider:openai state:error', providers)).toMatchObject({
      terms: [error, openai],
      text: 'pool',
    });
  });

  test('becomes the filter of history.list', () => {
    expect(toFilter([openai, error, { field: 'state', value: 'truncated' }])).toEqual({
      provider: ['openai'],
      state: ['error', 'truncated'],
    });
  });

  test('toggling twice changes nothing', () => {
    expect(toggleTerm(toggleTerm([openai], error), error)).toEqual([openai]);
    expect(toggleTerm([openai], openai)).toEqual([]);
    expect(mergeTerms([openai], [openai, error])).toEqual([openai, error]);
  });
});
