// The ready examples of the sidebar: one per API of each provider, and what the Demo can be made to do.
import type { Model, ProviderInfo } from '../../../preload/contract/providers.ts';
import type { Draft } from '../../../preload/contract/requests.ts';
import { isObject, printBody, writePath } from './body-path.ts';
import { exampleDraft } from './drafts.ts';
import { parseJson } from './json-problem.ts';
import { demoTitles, messages } from './messages.ts';

export interface Example {
  id: string;
  title: string;
  /** `MSG`, `CHAT`, … */
  tag: string;
  draft: Draft;
}

export interface ExampleGroup {
  provider: ProviderInfo;
  examples: Example[];
}

/** Demo first, since it needs nothing. `demoModels` are the Demo's models: each shows one behaviour. */
export function exampleGroups(
  providers: readonly ProviderInfo[],
  demoModels: readonly Model[],
): ExampleGroup[] {
  const ordered = providers.toSorted((a, b) => Number(b.demo) - Number(a.demo));
  return ordered.map((provider) => ({
    provider,
    examples: [...provider.apis.map((api) => plain(provider, api)), ...behaviours(provider, demoModels)],
  }));
}

function plain(provider: ProviderInfo, api: ProviderInfo['apis'][number]): Example {
  const first = provider.demo && api === provider.apis[0];
  const title = first ? messages.firstAnswer : api.label;
  return {
    id: `${provider.id}/${api.id}`,
    title,
    tag: api.tag,
    draft: exampleDraft(provider, api, provider.demo ? title : ''),
  };
}

function behaviours(provider: ProviderInfo, models: readonly Model[]): Example[] {
  const [api] = provider.apis;
  if (!provider.demo || !api) return [];
  const body = parseJson(api.example);
  if (!body.ok || !isObject(body.value)) return [];
  const { value } = body;
  // The first model is the one of the plain examples.
  return models.slice(1).map((model) => {
    const title = demoTitles[model.id] ?? sentenceCase(model.label.replace(/^Demo: /, ''));
    const draft = exampleDraft(provider, api, title);
    return {
      id: `${provider.id}/${model.id}`,
      title,
      tag: api.tag,
      draft: { ...draft, body: printBody(withTools(writePath(value, 'model', model.id), model)) },
    };
  });
}

// The model that calls a tool needs one to call, and a question that asks for it.
function withTools(body: Record<string, unknown>, model: Model): Record<string, unknown> {
  if (!model.id.includes('tool')) return body;
  const { system: _system, ...rest } = body;
  const asked = writePath(rest, 'messages', [{ role: 'user', content: messages.toolPrompt }]);
  return writePath(asked, 'tools', [
    {
      name: 'get_weather',
      description: 'Weather of a city',
      input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ]);
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
