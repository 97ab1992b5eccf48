import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ANTHROPIC_MODELS } from '../../../../main/core/providers/info/anthropic-info.ts';
import { OPENAI_MODELS } from '../../../../main/core/providers/info/openai-info.ts';
import { createRegistry } from '../../../../main/core/providers/registry.ts';
import { ProviderInfo } from '../../../../preload/contract/providers.ts';

const REGISTRY = new URL('../../../../main/core/providers/registry.ts', import.meta.url).href;
const registry = createRegistry({ demoOrigin: () => 'http://127.0.0.1:1' });
const list = registry.list();
const apis = list.flatMap((provider) =>
  provider.apis.map((api) => ({ provider, api, name: `${provider.id} ${api.id}` })),
);
const typesOf = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../node_modules/${path}`, import.meta.url)), 'utf8');

test('the list crosses the bridge', () => {
  expect(z.array(z.strictObject(ProviderInfo.shape)).parse(list)).toEqual(list);
  expect(JSON.stringify(list).length).toBeLessThan(100_000);
});

test('ids, letters and accents are one per provider', () => {
  expect(list.map(({ id, letter, accent }) => [id, letter, accent])).toEqual([
    ['anthropic', 'A', 1],
    ['openai', 'O', 2],
    ['huggingface', 'H', 3],
    ['compatible', 'C', 5],
    ['demo', 'D', 4],
  ]);
});

test('unknown providers are refused with the names of those there are', () => {
  expect(() => registry.get('nope')).toThrow(/Anthropic, OpenAI, Hugging Face/);
  expect(registry.get('demo').info.baseUrl).toBe('http://127.0.0.1:1');
});

describe.each(apis)('$name', ({ provider, api }) => {
  const example = JSON.parse(api.example) as Record<string, unknown>;
  const at = (path: string) =>
    path
      .split('.')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], example);

  test('has an example that streams and fills every required field', () => {
    expect(example.stream).toBe(true);
    for (const param of api.params.filter((row) => row.required)) expect(at(param.path)).toBeTruthy();
    expect(api.example).toBe(JSON.stringify(example, null, 2));
  });

  test('has a row for each field of its example', () => {
    const paths = api.params.map((row) => row.path);
    for (const field of Object.keys(example)) {
      expect(paths.some((path) => path === field || path.startsWith(`${field}.`))).toBe(true);
    }
    expect(new Set(paths).size).toBe(paths.length);
  });

  test('labels rows with the wire name and explains each in one sentence', () => {
    for (const row of api.params) {
      expect(row.label).toBe(row.path);
      expect(row.help).toMatch(/^[A-Z].*\.$/);
      if (row.kind === 'select') expect(row.options?.length).toBeGreaterThan(1);
      if (row.kind === 'slider') expect(row.max).toBeGreaterThan(row.min ?? Number.NaN);
    }
  });

  test('uses roles that it offers and a model that is built in', () => {
    const messages = (example.messages ?? example.input) as { role: string }[];
    for (const { role } of messages) expect(api.roles).toContain(role);
    expect(registry.get(provider.id).builtInModels.map(({ id }) => id)).toContain(example.model);
  });

  test('has an adapter that knows it', () => {
    expect(registry.get(provider.id).interpreter(api.id).event('x', '')).toEqual([]);
  });
});

test('sampling parameters, which version 2026-10-21 refuses, are not in the Anthropic form', () => {
  const rows = list[0]?.apis[0]?.params ?? [];
  expect(rows.map((row) => row.path)).not.toEqual(expect.arrayContaining(['temperature']));
  expect(rows.some((row) => ['temperature', 'top_p', 'top_k'].includes(row.path))).toBe(false);
  expect(rows.map((row) => row.help).join(' ')).toContain('anthropic-version: 2023-06-01');
});

test('built-in models are names that the pinned SDKs list', () => {
  const anthropic = typesOf('@anthropic-ai/sdk/resources/messages/messages.d.ts');
  const openai = typesOf('openai/resources/shared.d.ts');
  for (const { id } of ANTHROPIC_MODELS) expect(anthropic).toContain(`'${id}'`);
  for (const { id } of OPENAI_MODELS) expect(openai).toContain(`'${id}'`);
});

test('SDKs are loaded by the first use of their provider, not by the registry', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const asked = [];
    registerHooks({ resolve: (name, context, next) => (asked.push(name), next(name, context)) });
    const { createRegistry } = await import(${JSON.stringify(REGISTRY)});
    const registry = createRegistry({ demoOrigin: () => '' });
    registry.list();
    const isSdk = (name) => /^(openai|@anthropic-ai\\/sdk|@huggingface\\/inference)$/.test(name);
    const atStart = asked.filter(isSdk);
    await registry.warm();
    console.log(JSON.stringify({ atStart, warm: [...new Set(asked.filter(isSdk))].sort() }));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(out)).toEqual({
    atStart: [],
    warm: ['@anthropic-ai/sdk', '@huggingface/inference', 'openai'],
  });
});

test('the Chat Completions forms differ only where the providers do', () => {
  const common = (provider: string, id: string) =>
    list
      .find((one) => one.id === provider)
      ?.apis.find((api) => api.id === id)
      ?.params.filter((row) => !/^(model|max_(completion_)?tokens|reasoning_effort)$/.test(row.path));
  const openai = common('openai', 'openai.chat');
  expect(openai).toHaveLength(9);
  expect(common('huggingface', 'hf.chat')).toEqual(openai);
  expect(common('compatible', 'openai.chat')).toEqual(openai);
});
