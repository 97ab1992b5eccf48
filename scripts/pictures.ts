// `npm run pictures`: the README's pictures, of the real app with Demo and a keyring of its own (Linux).
import path from 'node:path';
import { startKeyring } from '../test/support/keyring.ts';
import { openAppWindow, startApp } from '../test/support/running-app.ts';
import { signIn } from './bench/support/first-token.ts';
import { buildRenderer } from './build.ts';

const DOCS = path.resolve(import.meta.dirname, '../docs');
const PROMPTS = [
  ['anthropic.messages', 'demo-1', 'Why do tidal lagoons need two gates?'],
  ['openai.chat', 'demo-rate-limited', 'Summarise the incident in three bullets.'],
  ['openai.responses', 'demo-thinking', 'Which index would help this query, and why?'],
  ['hf.chat', 'demo-cut', 'Translate the runbook into plain English.'],
  ['anthropic.messages', 'demo-tool', 'What is the weather in Lisbon?'],
  ['openai.chat', 'demo-markdown', 'Show every kind of Markdown.'],
] as const;

await buildRenderer();
const keyring = await startKeyring({ state: 'unlocked' });
const app = await startApp({ env: keyring.env });
try {
  const { client, close } = await signIn(app.url);
  await client['settings.set']({ key: 'demo.tokensPerSecond', value: 2000 });
  await client['settings.set']({ key: 'requests.maxAttempts', value: 1 });
  const demo = (await client['providers.list']({})).find((one) => one.demo);
  for (const [api, model, prompt] of PROMPTS) {
    const example = JSON.parse(demo?.apis.find((one) => one.id === api)?.example ?? '{}') as Record<
      string,
      unknown
    >;
    const body = {
      ...example,
      model,
      ...(api === 'openai.responses' ? { input: prompt } : { messages: [{ role: 'user', content: prompt }] }),
    };
    const draft = { provider: 'demo', api, body: JSON.stringify(body) };
    for await (const _event of client['requests.send']({ draft }));
  }
  const made = (tail: string) => `${'x'.repeat(30)}${tail}`;
  for (const [name, provider, baseUrl, tail] of [
    ['work-anthropic', 'anthropic', 'https://api.anthropic.com', '7Qx2'],
    ['dev-sandbox', 'anthropic', 'https://api.anthropic.com', 'm1Zk'],
    ['batch', 'openai', 'https://api.openai.com/v1', '93ab'],
    ['hub-read', 'huggingface', 'https://router.huggingface.co/v1', 'k0Lm'],
    ['router', 'compatible', 'https://openrouter.ai/api/v1', 'p4Ws'],
  ] as const)
    await client['keys.add']({ name, provider, baseUrl, secret: made(tail) });
  await client['settings.reset']({ key: 'demo.tokensPerSecond' });
  close();
  for (const theme of ['dark', 'light'] as const) {
    const window = await openAppWindow(await app.newUrl(), { theme });
    const { page } = window;
    const shoot = (name: string) => page.screenshot({ path: path.join(DOCS, `${name}-${theme}.png`) });
    // The second window opens where the first was left.
    await page.keyboard.press('Control+2');
    await page.getByRole('textbox', { name: 'Message 1, user' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(4500);
    await shoot('explorer');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+1');
    await page.getByRole('option').filter({ hasText: 'work-anthropic' }).first().click();
    await page.waitForTimeout(500);
    await shoot('keys');
    await page.keyboard.press('Control+4');
    await page.getByRole('option').filter({ hasText: 'tidal lagoons' }).first().click();
    await page.waitForTimeout(1000);
    await shoot('history');
    await window.close();
  }
} finally {
  await app.close();
  await keyring.close();
}
process.exit(0);
