// `npm run pictures`: the README's pictures, of the real app with Demo and a keyring of its own (Linux).
import path from 'node:path';
import { sample } from '../main/core/scanner/rules/sample.ts';
import { createRepo, type GitRepo } from '../test/support/git-repo.ts';
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

const made = (tail: string) => `${'x'.repeat(30)}${tail}`;

/** Keys at places where people leave them; one of them is stored in Keybench. */
function leakyRepo(): GitRepo {
  const repo = createRepo({ name: 'web-api' });
  const author = { author: 'Ada Lovelace', email: 'ada@example.org' };
  repo.write('.gitignore', '.env\n');
  repo.write(
    'src/config.ts',
    `export const config = {\n  baseUrl: 'https://api.anthropic.com',\n  apiKey: '${made('7Qx2')}',\n  timeout: 30_000,\n};\n`,
  );
  repo.write('scripts/seed.sh', `export OPENAI_API_KEY=${sample('sk-proj-[url:74]T3BlbkFJ[url:74]', 1)}\n`);
  repo.commit('first version', { ...author, at: Date.now() - 40 * 86_400_000 });
  repo.write('src/config.ts', 'export const config = { baseUrl: process.env.BASE_URL };\n');
  repo.write('notebooks/eval.ipynb', `{ "source": "login(token='${sample('hf_[a:34]', 2)}')" }\n`);
  repo.commit('configuration from the environment', { ...author, at: Date.now() - 21 * 86_400_000 });
  repo.write(
    'docker-compose.yml',
    `services:\n  db:\n    url: postgres://app:${sample('[an:18]', 3)}@db:5432/app\n`,
  );
  repo.commit('compose file', {
    author: 'Grace Hopper',
    email: 'grace@example.org',
    at: Date.now() - 3 * 86_400_000,
  });
  repo.write('.env', `GROQ_API_KEY=${sample('gsk_[an:52]', 4)}\n`);
  return repo;
}

await buildRenderer();
const repo = leakyRepo();
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
  for (const [name, provider, baseUrl, tail] of [
    ['work-anthropic', 'anthropic', 'https://api.anthropic.com', '7Qx2'],
    ['dev-sandbox', 'anthropic', 'https://api.anthropic.com', 'm1Zk'],
    ['batch', 'openai', 'https://api.openai.com/v1', '93ab'],
    ['hub-read', 'huggingface', 'https://router.huggingface.co/v1', 'k0Lm'],
    ['router', 'compatible', 'https://openrouter.ai/api/v1', 'p4Ws'],
  ] as const)
    await client['keys.add']({ name, provider, baseUrl, secret: made(tail) });
  await client['settings.reset']({ key: 'demo.tokensPerSecond' });
  const { added } = await client['scanner.add']({ path: repo.path });
  await client['scanner.start']({ repoIds: added.map(({ id }) => id), profile: 'history' });
  for await (const { repos } of client['scanner.state']({})) if (repos[0]?.lastScan) break;
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
    await page.keyboard.press('Control+7');
    await page.getByRole('option').filter({ hasText: 'work-anthropic' }).first().click();
    await page.waitForTimeout(1000);
    await shoot('scanner');
    await window.close();
  }
} finally {
  await app.close();
  await keyring.close();
  repo.remove();
}
process.exit(0);
