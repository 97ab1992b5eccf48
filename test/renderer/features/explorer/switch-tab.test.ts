import { beforeEach, expect, it, vi } from 'vitest';
import { EMPTY_DRAFT, exampleDraft } from '../../../../renderer/features/explorer/drafts.ts';
import { explorer, openTab, setDraft } from '../../../../renderer/features/explorer/explorer-store.ts';
import { switchTab } from '../../../../renderer/features/explorer/switch-tab.ts';
import { NO_TABS } from '../../../../renderer/features/explorer/tabs.ts';
import type { ToastOptions } from '../../../../renderer/ui/toast.tsx';
import { PROVIDERS } from '../../../support/fake-core/providers.ts';

const shown = vi.hoisted((): ToastOptions[] => []);
vi.mock('../../../../renderer/ui/toast.tsx', () => ({ toast: (one: ToastOptions) => shown.push(one) }));

const [anthropic, openai] = ['anthropic', 'openai'].map((id) => PROVIDERS.find((one) => one.id === id)!) as [
  (typeof PROVIDERS)[number],
  (typeof PROVIDERS)[number],
];
const tabs = () => explorer.getState().tabs;
const toOpenAI = () => switchTab(tabs()[0]!.id, anthropic.apis[0], openai, openai.apis[0]!);
const open = (body: string) => {
  const draft = { ...exampleDraft(anthropic, anthropic.apis[0]!), body };
  openTab(draft);
  return draft;
};

beforeEach(() => {
  shown.length = 0;
  explorer.setState({ ...NO_TABS });
});

it('offers Undo, which brings the former draft back, whatever key was chosen meanwhile', () => {
  const before = open('{"thinking": {"type": "adaptive"}, "messages": []}');
  toOpenAI();
  expect(tabs()[0]!.draft.provider).toBe('openai');
  expect(shown).toMatchObject([
    { title: 'Switched to OpenAI Chat Completions', description: expect.stringContaining('thinking') },
  ]);
  setDraft(tabs()[0]!.id, (draft) => ({ ...draft, keyId: 'k' }));
  shown[0]!.action!.run();
  expect(tabs().map(({ draft }) => draft)).toEqual([before]);
});

it('undoes into a tab of its own when the new draft was edited or its tab closed', () => {
  const before = open('{"messages": []}');
  toOpenAI();
  setDraft(tabs()[0]!.id, (draft) => ({ ...draft, body: '{"mine": 1}' }));
  shown[0]!.action!.run();
  expect(tabs().map(({ draft }) => draft.body)).toEqual(['{"mine": 1}', before.body]);
});

it('leaves an unreadable body alone and says why', () => {
  const before = open('{"mine": ');
  toOpenAI();
  expect(tabs()[0]!.draft).toEqual(before);
  expect(shown).toMatchObject([
    {
      title: 'Not switched to OpenAI Chat Completions',
      description: expect.stringContaining('not valid JSON'),
    },
  ]);
});

it('says nothing when nothing was typed', () => {
  open(anthropic.apis[0]!.example);
  toOpenAI();
  expect(tabs()[0]!.draft).toMatchObject({
    ...EMPTY_DRAFT,
    provider: 'openai',
    api: 'openai.chat',
    body: openai.apis[0]!.example,
  });
  expect(shown).toEqual([]);
});
