// Everything that one run of the canary needs: a real keyring, a home, a provider per key, the app with its window,
// and whoever watches them.
import path from 'node:path';
import { systemClock } from '../../../main/core/clock.ts';
import { startDemoServer } from '../../../main/core/demo/demo-server.ts';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { type Keyring, startKeyring } from '../keyring.ts';
import {
  type CanaryApp,
  type CommandResult,
  createHome,
  type Home,
  runCommand,
  startCanaryApp,
} from './app.ts';
import { type Canary, createCanaries, ODD } from './canaries.ts';
import { lookThroughFiles } from './files.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { SamplerReport } from './process-sampler.ts';
import { type CanaryProvider, startCanaryProvider } from './provider.ts';
import { watchProcesses } from './watch-processes.ts';

/** A key of the run: where it belongs and how it is used. */
export interface CanaryKey extends Canary {
  /** The app's id of its provider, and the label in lists. */
  provider: string;
  label: string;
  api: string;
  /** What stands between origin and the API's path: `/anthropic`, … */
  family: string;
  server: CanaryProvider;
}

/** Secrets that are no provider keys, or never become keys. */
export type Extra = Record<
  'rejected' | 'second' | 'tls' | 'pasted' | 'vault' | 'memory' | 'cli' | 'passphrase' | 'wrong',
  Canary
>;

export interface CanaryRun {
  ledger: Ledger;
  home: Home;
  keyring: Keyring;
  /** The five that are used most: one per provider, and the odd one. */
  keys: CanaryKey[];
  extra: Extra;
  elsewhere: CanaryProvider;
  /** The provider of `extra.pasted`, `vault`, `memory` and `cli`, which are all OpenAI-compatible. */
  serverOf(canary: Canary): CanaryProvider;
  /** The app that runs now. */
  app(): CanaryApp;
  start(): Promise<void>;
  /** The id of a stored key. */
  idOf(alias: string): Promise<string>;
  command(args: readonly string[], stdin?: string): Promise<CommandResult>;
  lookAtFiles(): void;
  /** Ends the watching; may be called once. */
  processes(): Promise<SamplerReport>;
  close(): Promise<void>;
}

const PROVIDERS = [
  ['c-anthropic', 'anthropic', 'Anthropic', 'anthropic.messages', '/anthropic', ''],
  ['c-openai', 'openai', 'OpenAI', 'openai.responses', '/openai/v1', ''],
  ['c-huggingface', 'huggingface', 'Hugging Face', 'hf.chat', '/hf/v1', ''],
  ['c-compatible', 'compatible', 'OpenAI-compatible', 'openai.chat', '/openai/v1', ''],
  ['c-odd', 'compatible', 'OpenAI-compatible', 'openai.chat', '/openai/v1', ODD],
] as const;

export async function startCanaryRun(): Promise<CanaryRun> {
  const keyring = await startKeyring({ state: 'unlocked' });
  const ends: (() => Promise<unknown>)[] = [() => keyring.close()];
  const canaries = createCanaries();
  const ledger = createLedger(canaries);
  const home = createHome(keyring.dir, keyring.env);
  const demo = await startDemoServer({
    clock: systemClock,
    settings: () => ({ firstTokenMs: 5, tokensPerSecond: 400 }),
  });
  ends.push(() => demo.close());

  const extra = Object.fromEntries(
    ['rejected', 'second', 'tls', 'pasted', 'vault', 'memory', 'cli', 'passphrase', 'wrong'].map((name) => [
      name,
      canaries.make(`c-${name}`),
    ]),
  ) as Extra;
  const pasted: ReadonlySet<string> = new Set([extra.pasted.alias]);
  const options = { pasted, elsewhere: '', demo: demo.origin };
  const elsewhere = await startCanaryProvider(ledger, { ...options, owner: null });
  const serve = async (owner: Canary) => {
    const server = await startCanaryProvider(ledger, { ...options, owner, elsewhere: elsewhere.origin });
    ends.push(() => server.close());
    return server;
  };
  ends.push(() => elsewhere.close());
  const keys: CanaryKey[] = [];
  for (const [alias, provider, label, api, family, odd] of PROVIDERS) {
    const canary = canaries.make(alias, odd);
    keys.push({ ...canary, provider, label, api, family, server: await serve(canary) });
  }
  const servers = new Map<string, CanaryProvider>();
  for (const canary of Object.values(extra)) servers.set(canary.alias, await serve(canary));

  const watch = await watchProcesses(ledger, canaries, home.mark);
  const onSecret = (alias: string, text: string) => {
    watch.add(alias, text);
    ledger.add(alias, text);
  };
  let app: CanaryApp | undefined;
  return {
    ledger,
    home,
    keyring,
    keys,
    extra,
    elsewhere,
    serverOf: (canary) => servers.get(canary.alias)!,
    app: () => app!,
    start: async () => {
      app = await startCanaryApp(ledger, home, { pasted, onSecret });
    },
    idOf: async (alias) => {
      const list: KeyInfo[] = await app!.window.call('keys.list', {});
      const found = list.find(({ name }) => name === alias);
      if (!found) throw new Error(`No key is named ${alias}.`);
      return found.id;
    },
    command: (args, stdin) => runCommand(ledger, home, args, stdin),
    lookAtFiles: () => {
      const tree = {
        root: home.dir,
        except: [path.join(home.dir, 'data', 'keyrings')],
        channelOf: (file: string) => channelOf(home, file),
      };
      lookThroughFiles(ledger, tree);
    },
    processes: () => watch.stop(),
    close: async () => {
      await app?.stop('SIGKILL').catch(() => {});
      for (const end of ends.reverse()) await end();
    },
  };
}

function channelOf({ dataDir, dir }: Home, file: string): string {
  const inside = (folder: string) => file.startsWith(`${folder}${path.sep}`);
  if (inside(path.join(dataDir, 'chromium'))) return 'profile file';
  if (inside(path.join(dir, 'temp'))) return 'temporary file';
  if (!inside(dataDir)) return 'file in HOME';
  if (file.endsWith('.log')) return 'log file';
  if (file.endsWith('-wal')) return 'database -wal';
  return 'data file';
}
