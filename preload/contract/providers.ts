// What the app knows of each provider: enough for the window to draw a form without knowing any provider.
import * as z from 'zod';
import { call } from './define.ts';

/** One parameter of a typed API: how its form row looks and where it sits in the JSON body. */
export const Param = z.object({
  /** Path in the body, e.g. `max_tokens` or `stream_options.include_usage`. */
  path: z.string(),
  label: z.string(),
  kind: z.enum([
    'model',
    'text',
    'multiline',
    'number',
    'slider',
    'switch',
    'select',
    'messages',
    'list',
    'json',
  ]),
  required: z.boolean(),
  /** Under "Advanced" in the form. */
  advanced: z.boolean(),
  help: z.string(),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  options: z.array(z.string()).optional(),
});
export type Param = z.infer<typeof Param>;

export const ApiInfo = z.object({
  /** e.g. `anthropic.messages`, `openai.chat`, `openai.responses`, `hf.chat`. */
  id: z.string(),
  label: z.string(),
  /** Three or four capitals for lists: `MSG`, `CHAT`, `RSP`, `RAW`. */
  tag: z.string(),
  method: z.string(),
  /** Appended to the base URL, e.g. `/v1/messages`. */
  path: z.string(),
  params: z.array(Param),
  /** A ready body, pretty-printed JSON, with `stream: true`. */
  example: z.string(),
  /** Roles a message may have. */
  roles: z.array(z.string()),
});
export type ApiInfo = z.infer<typeof ApiInfo>;

export const ProviderInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** One letter on the badge. */
  letter: z.string().length(1),
  /** 1 to 6: the accent token. */
  accent: z.int().min(1).max(6),
  /** `required`, `optional` (a local server may want none) or `none` (Demo). */
  key: z.enum(['required', 'optional', 'none']),
  /** e.g. `sk-ant-…`, shown as placeholder. */
  keyHint: z.string(),
  /** Page where a key is made; empty if none. */
  keyUrl: z.string(),
  baseUrl: z.string(),
  /** May the user change the base URL? */
  customBaseUrl: z.boolean(),
  /** Presets of the base URL, e.g. Ollama's. */
  presets: z.array(z.object({ label: z.string(), baseUrl: z.string() })),
  apis: z.array(ApiInfo),
  /** True for the built-in demo. */
  demo: z.boolean(),
});
export type ProviderInfo = z.infer<typeof ProviderInfo>;

export const Model = z.object({ id: z.string(), label: z.string() });
export type Model = z.infer<typeof Model>;

export const providers = {
  'providers.list': call(z.strictObject({}), z.array(ProviderInfo)),
  /** Asks the provider's models endpoint; falls back to a short built-in list. `note` says why, or that it was cut. */
  'providers.models': call(
    z.strictObject({
      provider: z.string().max(40),
      baseUrl: z.string().max(2048).default(''),
      keyId: z.uuid().nullable(),
    }),
    z.object({ models: z.array(Model), source: z.enum(['live', 'built-in']), note: z.string() }),
  ),
};
