// The Demo as a provider: the forms of the others, at paths of the loopback server, with the Demo's models.
import type { ApiInfo, Model, Param, ProviderInfo } from '../../../../preload/contract/providers.ts';
import { DEMO_MODELS } from '../../demo/demo-models.ts';
import { ANTHROPIC_MESSAGES } from './anthropic-info.ts';
import { HF_CHAT } from './huggingface-info.ts';
import { OPENAI_CHAT, OPENAI_RESPONSES } from './openai-info.ts';
import { exampleBody } from './param.ts';

/** Path prefix of each API on the demo server, before the path that its SDK appends. */
export const DEMO_PREFIX = {
  'anthropic.messages': '/anthropic',
  'openai.chat': '/openai/v1',
  'openai.responses': '/openai/v1',
  'hf.chat': '/hf/v1',
} as const;

export type DemoApi = keyof typeof DEMO_PREFIX;
export const isDemoApi = (api: string): api is DemoApi => Object.hasOwn(DEMO_PREFIX, api);

const MODEL_HELP =
  'Each Demo model shows one thing an API can do: answer, call a tool, refuse, be overloaded, break off.';

function onDemo(api: ApiInfo, label: string): ApiInfo {
  const params = api.params.map((row): Param => (row.path === 'model' ? { ...row, help: MODEL_HELP } : row));
  const example = exampleBody({ ...(JSON.parse(api.example) as object), model: 'demo-1' });
  const prefix = isDemoApi(api.id) ? DEMO_PREFIX[api.id] : '';
  return { ...api, label, params, example, path: `${prefix}${api.path}` };
}

const APIS: ApiInfo[] = [
  onDemo(ANTHROPIC_MESSAGES, 'Anthropic Messages'),
  onDemo(OPENAI_CHAT, 'OpenAI Chat'),
  onDemo(OPENAI_RESPONSES, 'OpenAI Responses'),
  onDemo(HF_CHAT, 'Hugging Face Chat'),
];

/** `baseUrl`: where the demo server listens. */
export const demoInfo = (baseUrl: string): ProviderInfo => ({
  id: 'demo',
  name: 'Demo',
  letter: 'D',
  accent: 4,
  key: 'none',
  keyHint: '',
  keyUrl: '',
  baseUrl,
  customBaseUrl: false,
  presets: [],
  apis: APIS,
  demo: true,
});

export const DEMO_PROVIDER_MODELS: readonly Model[] = DEMO_MODELS.map(({ id, label }) => ({ id, label }));
