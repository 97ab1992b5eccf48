import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dropSdkEnvironment } from '../../../../main/core/providers/sdk-environment.ts';
import { CASES, callOf } from './support/calls.ts';
import { type EchoServer, startEchoServer } from './support/echo-server.ts';

let server: EchoServer;
let trap: EchoServer;
let home: string;
let before: NodeJS.ProcessEnv;

beforeAll(async () => {
  server = await startEchoServer();
  trap = await startEchoServer();
});
afterAll(async () => {
  await server.close();
  await trap.close();
});
beforeEach(() => {
  server.seen.length = 0;
  before = { ...process.env };
  home = mkdtempSync(join(tmpdir(), 'keybench-env-'));
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(home, { recursive: true, force: true });
});

/** Every variable of providers.md section 2.3 and those found in the packages, pointing at the trap. */
function makeHostile(): Record<string, string> {
  const profile = { base_url: trap.origin, authentication: { type: 'api_key', api_key: 'env-HOSTILE' } };
  mkdirSync(join(home, 'configs'), { recursive: true });
  for (const name of ['default', 'hostile']) {
    writeFileSync(join(home, 'configs', `${name}.json`), JSON.stringify(profile));
  }
  return {
    ANTHROPIC_API_KEY: 'env-HOSTILE',
    ANTHROPIC_AUTH_TOKEN: 'env-HOSTILE',
    ANTHROPIC_BASE_URL: trap.origin,
    ANTHROPIC_CUSTOM_HEADERS: 'x-hostile: env-HOSTILE\nanthropic-beta: env-HOSTILE',
    ANTHROPIC_LOG: 'debug',
    ANTHROPIC_OPEN_TELEMETRY: 'true',
    ANTHROPIC_OPEN_TELEMETRY_PROPAGATION: 'true',
    ANTHROPIC_PROFILE: 'hostile',
    ANTHROPIC_CONFIG_DIR: home,
    ANTHROPIC_IDENTITY_TOKEN: 'env-HOSTILE',
    ANTHROPIC_FEDERATION_RULE_ID: 'env-HOSTILE',
    ANTHROPIC_ORGANIZATION_ID: 'env-HOSTILE',
    ANTHROPIC_WORKSPACE_ID: 'env-HOSTILE',
    ANTHROPIC_WEBHOOK_SIGNING_KEY: 'env-HOSTILE',
    OPENAI_API_KEY: 'env-HOSTILE',
    OPENAI_ADMIN_KEY: 'env-HOSTILE',
    OPENAI_ORG_ID: 'env-HOSTILE',
    OPENAI_PROJECT_ID: 'env-HOSTILE',
    OPENAI_BASE_URL: trap.origin,
    OPENAI_LOG: 'debug',
    OPENAI_CUSTOM_HEADERS: 'x-hostile: env-HOSTILE',
    OPENAI_WEBHOOK_SECRET: 'env-HOSTILE',
    HF_TOKEN: 'env-HOSTILE',
    HF_ENDPOINT: trap.origin,
    HF_INFERENCE_ENDPOINT: trap.origin,
    HUGGING_FACE_HUB_TOKEN: 'env-HOSTILE',
    HOME: home,
    XDG_CONFIG_HOME: home,
  };
}

describe.each(CASES)('$name', (target) => {
  test.each([false, true])(
    'takes nothing from the environment or from disk (without a key: %s)',
    async (noKey) => {
      const call = callOf(target, server.origin, fetch, {
        ...(noKey ? { secret: null } : { secret: 'sk-CANARY-1' }),
      });
      await target.adapter.run(call);
      await target.adapter.models(call).catch(() => {});
      const clean = server.seen.splice(0);

      Object.assign(process.env, makeHostile());
      const written: string[] = [];
      const stderr = process.stderr.write;
      process.stderr.write = (chunk: unknown) => written.push(String(chunk)) > 0;
      try {
        await target.adapter.run(call);
        await target.adapter.models(call).catch(() => {});
      } finally {
        process.stderr.write = stderr;
      }

      expect(clean).toHaveLength(2);
      expect(server.seen).toEqual(clean);
      expect(JSON.stringify(server.seen)).not.toContain('HOSTILE');
      expect(trap.seen).toEqual([]);
      expect(written).toEqual([]);
    },
  );
});

test('drops the variables that SDKs read and no others', () => {
  const env = {
    ANTHROPIC_BASE_URL: 'x',
    OPENAI_CUSTOM_HEADERS: 'x',
    AZURE_OPENAI_API_KEY: 'x',
    PATH: '/bin',
    MY_OPENAI_X: '1',
  };
  dropSdkEnvironment(env);
  expect(env).toEqual({ PATH: '/bin', MY_OPENAI_X: '1' });
});
