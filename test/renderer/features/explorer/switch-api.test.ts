// What was typed for one API, in the words of another.
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../../preload/contract/requests.ts';
import { type JsonObject, printBody } from '../../../../renderer/features/explorer/body-path.ts';
import { exampleDraft } from '../../../../renderer/features/explorer/drafts.ts';
import { switchApi } from '../../../../renderer/features/explorer/switch-api.ts';
import { RAW } from '../../../../renderer/features/explorer/target.ts';
import { PROVIDERS } from '../../../support/fake-core/providers.ts';

const find = (name: string) => {
  const [id = '', apiId] = name.split('/');
  const provider = PROVIDERS.find((one) => one.id === id)!;
  return { provider, api: provider.apis.find((one) => one.id === apiId) ?? provider.apis[0]! };
};
const draftFor = (name: string, over: Partial<Draft>): Draft => ({
  ...exampleDraft(find(name).provider, find(name).api),
  ...over,
});
const go = (draft: Draft, to: string) => {
  const from = PROVIDERS.find((one) => one.id === draft.provider)?.apis.find((one) => one.id === draft.api);
  return switchApi(draft, from, find(to).provider, find(to).api);
};
function moved(from: string, to: string, body: JsonObject) {
  const switched = go(draftFor(from, { body: printBody(body) }), to);
  if (!switched.ok) throw new Error(switched.reason);
  return { body: JSON.parse(switched.draft.body) as JsonObject, left: switched.left, draft: switched.draft };
}

const user = { role: 'user', content: 'Mine' };
const MESSAGES: JsonObject = {
  model: 'x',
  max_tokens: 77,
  stream: false,
  system: 'Be brief.',
  stop_sequences: ['END'],
  messages: [user],
};

describe('switching the API of an edited draft', () => {
  it('takes Messages to Chat Completions: system, limit, stop, stream', () => {
    const { body, left } = moved('anthropic', 'openai/openai.chat', MESSAGES);
    expect(body).toEqual({
      model: 'gpt-6-sol',
      max_completion_tokens: 77,
      stream: false,
      stop: ['END'],
      messages: [{ role: 'developer', content: 'Be brief.' }, user],
    });
    expect(left).toEqual([]);
  });

  it('takes Messages to Responses and names what has no place there', () => {
    const { body, left } = moved('anthropic', 'openai/openai.responses', MESSAGES);
    expect(body).toEqual({
      model: 'gpt-6-sol',
      max_output_tokens: 77,
      stream: false,
      instructions: 'Be brief.',
      input: [user],
    });
    expect(left).toEqual(['stop_sequences']);
  });

  it('takes Chat Completions to Messages: guiding messages become system', () => {
    const { body, left } = moved('openai/openai.chat', 'anthropic', {
      model: 'x',
      max_completion_tokens: 5,
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.3,
      stop: 'END',
      messages: [
        { role: 'system', content: 'One.' },
        { role: 'developer', content: 'Two.' },
        user,
        { role: 'tool' },
      ],
    });
    expect(body).toEqual({
      model: 'claude-sonnet-5-5',
      max_tokens: 5,
      stream: true,
      stop_sequences: ['END'],
      system: 'One.\n\nTwo.',
      messages: [user],
    });
    expect(left).toEqual(['temperature', 'messages of tool']);
  });

  it('keeps everything between providers of one format, under the name the limit has there', () => {
    const { body, left } = moved('openai/openai.chat', 'huggingface', {
      model: 'x',
      max_completion_tokens: 5,
      temperature: 0.3,
      top_p: 0.5,
      seed: 1,
      typed_by_hand: { a: 1 },
      messages: [{ role: 'developer', content: 'One.' }, user, { role: 'tool', tool_call_id: 'c' }],
    });
    expect(body).toEqual({
      model: 'openai/gpt-oss-120b',
      max_tokens: 5,
      temperature: 0.3,
      top_p: 0.5,
      seed: 1,
      typed_by_hand: { a: 1 },
      messages: [{ role: 'system', content: 'One.' }, user, { role: 'tool', tool_call_id: 'c' }],
    });
    expect(left).toEqual([]);
  });

  it('takes a plain prompt of Responses along, and its parts by their names elsewhere', () => {
    expect(moved('openai/openai.responses', 'anthropic', { input: 'Mine' }).body.messages).toEqual([user]);
    const parts = [{ role: 'user', content: [{ type: 'input_text', text: 'Mine' }] }];
    expect(moved('openai/openai.responses', 'huggingface', { input: parts }).body.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Mine' }] },
    ]);
    const alike = { model: 'x', input: [{ type: 'reasoning', id: 'r' }, user], instructions: 'Be brief.' };
    expect(moved('openai/openai.responses', 'demo/openai.responses', alike).body).toEqual({
      ...alike,
      model: 'demo-1',
    });
  });

  it('never adds the instructions of the example to what was typed', () => {
    for (const to of ['openai/openai.chat', 'openai/openai.responses', 'huggingface'])
      expect(JSON.stringify(moved('anthropic', to, { messages: [user] }).body)).not.toContain(
        'patient teacher',
      );
  });

  it('keeps model, headers, query and address within a provider, and takes none of them to another', () => {
    const draft = draftFor('openai/openai.chat', {
      body: printBody({ model: 'mine', messages: [user] }),
      baseUrl: 'https://gateway.test/v1',
      headers: [['x-mine', '1']],
      query: [['a', 'b']],
    });
    const within = go(draft, 'openai/openai.responses');
    expect(within).toMatchObject({
      ok: true,
      draft: { baseUrl: draft.baseUrl, headers: draft.headers, query: draft.query },
    });
    if (within.ok) expect(JSON.parse(within.draft.body).model).toBe('mine');
    expect(go(draft, 'anthropic')).toMatchObject({
      ok: true,
      draft: { baseUrl: '', headers: [], query: [] },
      left: ['Your headers', 'Query', 'Base URL'],
    });
  });

  it('refuses a body that cannot be read, and says where it breaks', () => {
    expect(go(draftFor('anthropic', { body: '{"mine": \n oops' }), 'openai')).toEqual({
      ok: false,
      reason: expect.stringContaining('not valid JSON at line 2, column 2'),
    });
    expect(go(draftFor('anthropic', { body: '["mine"]' }), 'openai')).toMatchObject({ ok: false });
  });

  it('gives the ready example for a draft in which nothing was typed', () => {
    for (const body of ['', ' \n', find('anthropic').api.example])
      expect(go(draftFor('anthropic', { body }), 'openai')).toMatchObject({
        ok: true,
        edited: false,
        draft: { body: find('openai').api.example },
      });
    const raw = draftFor('openai', { api: RAW, url: 'https://x.test/', body: '' });
    expect(go(raw, 'openai')).toMatchObject({ ok: true, edited: true, left: ['URL'] });
  });
});
