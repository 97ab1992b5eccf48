// keybench keys …: the secret is read from standard input or the terminal, never from an argument.
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { UsageError } from '../arguments.ts';
import { type CommandContext, defineCommand } from './command.ts';
import { findKey } from './find-key.ts';
import { readSecret } from './input.ts';
import { shortTime } from './output.ts';

const list = defineCommand({
  name: 'keys list',
  summary: 'Show the stored keys: names and last four characters, never a key',
  usage: 'Usage: keybench keys list [--json]',
  options: {},
  run: async ({ api, out }) => {
    const keys = await ready(api, () => api['keys.list']({}));
    if (out.json) await out.value(keys);
    else if (keys.length === 0)
      await out.line('No keys are stored yet. Add one with keybench keys add NAME --provider ID.');
    else
      await out.table([
        ['NAME', 'PROVIDER', 'KEY', 'BOUND TO', 'LIVES IN', 'USED', 'STATE'],
        ...keys.map((key) => [
          key.name,
          key.provider,
          `··${key.last4}`,
          key.origin,
          key.backend,
          key.lastUsedAt === null ? 'never' : shortTime(key.lastUsedAt),
          key.state,
        ]),
      ]);
    return 0;
  },
});

const add = defineCommand({
  name: 'keys add',
  summary: 'Store a key, read from standard input or typed without echo',
  usage: `Usage: keybench keys add NAME --provider ID [--base-url URL] [--backend keychain|vault]

Example: keybench keys add work-anthropic --provider anthropic < key.txt`,
  options: { provider: { type: 'string' }, 'base-url': { type: 'string' }, backend: { type: 'string' } },
  run: async ({ api, out }, { values, positionals }) => {
    const [name] = positionals;
    if (name === undefined || positionals.length > 1) throw new UsageError('keys add takes one name.');
    if (values.provider === undefined) throw new UsageError('keys add needs --provider.');
    const { backend } = values;
    if (backend !== undefined && backend !== 'keychain' && backend !== 'vault')
      throw new UsageError('--backend takes keychain or vault.');
    const provider = (await api['providers.list']({})).find((one) => one.id === values.provider);
    if (!provider) throw new UsageError(`There is no provider "${values.provider}".`);
    const secret = await readSecret(`Key for ${provider.name} (not shown): `);
    const baseUrl = values['base-url'] ?? provider.baseUrl;
    const key = await ready(api, () =>
      api['keys.add']({
        name,
        provider: provider.id,
        baseUrl,
        secret,
        ...(backend === undefined ? {} : { backend }),
      }),
    );
    await say(
      out,
      key,
      `Stored "${key.name}" (··${key.last4}) in the ${key.backend}, bound to ${key.origin}.`,
    );
    return 0;
  },
});

const rename = defineCommand({
  name: 'keys rename',
  summary: 'Give a key another name',
  usage: 'Usage: keybench keys rename NAME NEW-NAME',
  options: {},
  run: async ({ api, out }, { positionals }) => {
    const [name, next] = positionals;
    if (name === undefined || next === undefined)
      throw new UsageError('keys rename takes the old and the new name.');
    const key = await api['keys.rename']({ id: (await findKey(api, name)).id, name: next });
    await say(out, key, `"${name}" is now "${key.name}".`);
    return 0;
  },
});

const check = defineCommand({
  name: 'keys check',
  summary: "Ask the provider's models endpoint whether a key works",
  usage: 'Usage: keybench keys check [NAME…]   (default: all)',
  options: {},
  run: async ({ api, out, signal }, { positionals }) => {
    const keys =
      positionals.length > 0
        ? await Promise.all(positionals.map((name) => findKey(api, name)))
        : await api['keys.list']({});
    if (keys.length === 0) throw new UsageError('There is no key to check.');
    let allOk = true;
    for (const key of keys) {
      const result = await ready(api, () => api['keys.check']({ id: key.id }, { signal }));
      if (result.outcome !== 'ok') allOk = false;
      await say(
        out,
        { name: key.name, ...result },
        `${key.name}: ${result.message} (${Math.round(result.ms)} ms)`,
      );
    }
    return allOk ? 0 : 1;
  },
});

const remove = defineCommand({
  name: 'keys remove',
  summary: 'Delete a key from the keychain',
  usage: 'Usage: keybench keys remove NAME --yes',
  options: { yes: { type: 'boolean' } },
  run: async ({ api, out }, { values, positionals }) => {
    const [name] = positionals;
    if (name === undefined || positionals.length > 1) throw new UsageError('keys remove takes one name.');
    const key = await findKey(api, name);
    if (values.yes !== true)
      throw new UsageError(`This deletes "${key.name}" (··${key.last4}) for good. Say --yes to do it.`);
    await ready(api, () => api['keys.remove']({ id: key.id }));
    await say(
      out,
      { removed: key.name },
      `"${key.name}" was deleted. To stop its use, revoke it at the provider too.`,
    );
    return 0;
  },
});

/** Waits for the first probe, so that a command does not see "probing"; the keychain's own deadlines bound it. */
async function ready<T>(api: CommandContext['api'], act: () => Promise<T>): Promise<T> {
  const status = await api['keychain.status']({});
  if (status.state === 'probing') await api['keychain.probe']({ unlock: false });
  return act();
}

const say = (out: CommandContext['out'], value: KeyInfo | object, sentence: string) =>
  out.json ? out.value(value) : out.line(sentence);

export const keyCommands = [list, add, rename, check, remove];
