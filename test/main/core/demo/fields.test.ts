// The Demo refuses fields it does not know, as the real APIs do; so it must know every field the SDKs can send.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DemoServer } from '../../../../main/core/demo/demo-server.ts';
import { bodyOf, type Format, post, startFastDemo } from './support/demo.ts';

let demo: DemoServer;
beforeAll(async () => {
  demo = await startFastDemo();
});
afterAll(() => demo.close());

/** Names of the fields of an interface in a package's types. */
function fieldsOf(path: string, name: string): string[] {
  const file = fileURLToPath(new URL(`../../../../node_modules/${path}`, import.meta.url));
  const source = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const body =
    new RegExp(`^export interface ${name}\\b[^{]*\\{([\\s\\S]*?)^\\}`, 'm').exec(source)?.[1] ?? '';
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map((match) => match[1] ?? '');
}

test.each<[Format, string, string]>([
  ['anthropic', '@anthropic-ai/sdk/resources/messages/messages.d.ts', 'MessageCreateParamsBase'],
  ['chat', 'openai/resources/chat/completions/completions.d.ts', 'ChatCompletionCreateParamsBase'],
  ['responses', 'openai/resources/responses/responses.d.ts', 'ResponseCreateParamsBase'],
  ['hf', '@huggingface/tasks/dist/esm/tasks/chat-completion/inference.d.ts', 'ChatCompletionInput'],
])('%s takes every field of %s', async (format, path, name) => {
  const fields = fieldsOf(path, name);
  expect(fields.length).toBeGreaterThan(15);
  const given = bodyOf(format);
  const filled = Object.fromEntries(
    fields.filter((field) => !(field in given)).map((field) => [field, null]),
  );
  const response = await post(demo.origin, format, { ...filled, ...given });
  expect(await response.text()).not.toMatch(/Extra inputs|Unknown parameter/);
  expect(response.status).toBe(200);
});
