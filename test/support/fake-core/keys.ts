// Keys of a fake core: in memory, without secrets; adding one forgets the secret at once.
import { randomUUID } from 'node:crypto';
import { AppError } from '../../../preload/contract/errors.ts';
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type { CheckResult, KeychainStatus, KeyInfo } from '../../../preload/contract/keys.ts';
import type { FakeState } from './state.ts';

const DAY = 86_400_000;
const at = (n: number) => `0b6a5f0e-7b2f-4c0e-9a3b-00000000000${n}`;

const key = (
  n: number,
  name: string,
  provider: string,
  baseUrl: string,
  last4: string,
  over: Partial<KeyInfo> = {},
): KeyInfo => ({
  id: at(n),
  name,
  provider,
  baseUrl,
  origin: new URL(baseUrl).origin,
  last4,
  backend: 'keychain',
  createdAt: Date.now() - 30 * DAY,
  lastUsedAt: Date.now() - 2 * 60_000,
  uses: 143,
  lastCheck: null,
  state: 'active',
  stateText: '',
  ...over,
});

const check = (outcome: CheckResult['outcome'], status: number | null, message: string): CheckResult => ({
  at: Date.now() - 4 * 60_000,
  outcome,
  status,
  ms: 212,
  message,
});

/** Five keys in the states a list must show. */
export const sampleKeys = (): KeyInfo[] => [
  key(1, 'prod-oncall', 'anthropic', 'https://api.anthropic.com', '7Qx2', {
    lastCheck: check('ok', 200, 'The provider accepted the key: 12 models.'),
  }),
  key(2, 'dev-sandbox', 'anthropic', 'https://api.anthropic.com', 'm1Zk', {
    lastUsedAt: Date.now() - DAY,
    uses: 12,
  }),
  key(3, 'batch', 'openai', 'https://api.openai.com/v1', '93ab', {
    lastUsedAt: Date.now() - 6 * DAY,
    lastCheck: check('rejected', 401, 'The provider rejected the key.'),
  }),
  key(4, 'laptop', 'openai', 'https://api.openai.com/v1', 'k0Lm', {
    lastUsedAt: null,
    uses: 0,
    state: 'locked',
    stateText: 'The keychain is locked, so this key cannot be read now.',
  }),
  key(5, 'hub-read', 'huggingface', 'https://router.huggingface.co/v1', 'Hf3d', { uses: 3 }),
];

const READY: KeychainStatus = {
  state: 'ready',
  service: 'Secret Service',
  text: 'Keys are kept in the Secret Service of this desktop.',
  remedy: '',
  probeMs: 41,
  memoryAllowed: false,
  vault: 'absent',
  writesTo: 'keychain',
};
/** A keychain in any state, with a text as core would give it. */
export const keychain = (
  state: KeychainStatus['state'] = 'ready',
  over: Partial<KeychainStatus> = {},
): KeychainStatus =>
  state === 'ready'
    ? { ...READY, ...over }
    : {
        ...READY,
        state,
        text: state === 'locked' ? 'The keychain is locked.' : `The keychain cannot be used: ${state}.`,
        remedy:
          state === 'locked'
            ? 'Unlock it, or choose where keys are kept instead.'
            : 'Start a Secret Service, or choose where keys are kept instead.',
        writesTo: null,
        ...over,
      };

type Part = Pick<
  AppHandlers,
  Extract<keyof AppHandlers, `keys.${string}` | `keychain.${string}` | `vault.${string}`>
>;

export function fakeKeys(state: FakeState): Part {
  const find = (id: string) => {
    const found = state.keys.find((one) => one.id === id);
    if (!found) throw new AppError('KEY_NOT_FOUND', 'This key is not there any more.');
    return found;
  };
  const update = (id: string, patch: Partial<KeyInfo>) => {
    const next = { ...find(id), ...patch };
    state.keys = state.keys.map((one) => (one.id === id ? next : one));
    state.change('keysVersion');
    return next;
  };
  const setChain = (patch: Partial<KeychainStatus>) => {
    state.status = { ...state.status, keychain: { ...state.status.keychain, ...patch } };
    state.change('keysVersion');
    return state.status.keychain;
  };
  return {
    'keys.list': () => state.keys,
    'keys.add': ({ name, provider, baseUrl, secret, backend }) => {
      if (state.keys.some((one) => one.name.toLowerCase() === name.toLowerCase()))
        throw new AppError('KEY_NAME_TAKEN', `There is a key named "${name}" already. Choose another name.`);
      if (!/^[\x21-\x7e]{8,1200}$/.test(secret))
        throw new AppError(
          'KEY_INVALID',
          'A key has 8 to 1,200 visible ASCII characters and no spaces or line breaks.',
        );
      const made = key(9, name, provider, baseUrl, secret.slice(-4), {
        id: randomUUID(),
        createdAt: Date.now(),
        lastUsedAt: null,
        uses: 0,
        backend: backend ?? state.status.keychain.writesTo ?? 'keychain',
      });
      state.keys = [...state.keys, made];
      state.change('keysVersion');
      return made;
    },
    'keys.replace': ({ id, secret, baseUrl }) =>
      update(id, {
        last4: secret.slice(-4),
        state: 'active',
        ...(baseUrl ? { baseUrl, origin: new URL(baseUrl).origin } : {}),
      }),
    'keys.rename': ({ id, name }) => {
      if (state.keys.some((one) => one.id !== id && one.name === name))
        throw new AppError('KEY_NAME_TAKEN', `There is a key named "${name}" already. Choose another name.`);
      return update(id, { name });
    },
    'keys.check': async ({ id }) => {
      await new Promise((resolve) => setTimeout(resolve, state.delayMs));
      const result = check('ok', 200, 'The provider accepted the key: 12 models.');
      update(id, { lastCheck: { ...result, at: Date.now() } });
      return result;
    },
    'keys.remove': ({ id }) => {
      find(id);
      state.keys = state.keys.filter((one) => one.id !== id);
      state.change('keysVersion');
      return null;
    },
    'keychain.status': () => state.status.keychain,
    'keychain.probe': ({ unlock }) => setChain(unlock ? { ...READY } : {}),
    'keychain.allowMemory': () => setChain({ memoryAllowed: true, writesTo: 'memory' }),
    'vault.create': () => setChain({ vault: 'unlocked', writesTo: 'vault' }),
    'vault.unlock': ({ passphrase }) => {
      if (passphrase === 'wrong')
        throw new AppError('VAULT_WRONG_PASSPHRASE', 'This is not the passphrase of the vault.');
      return setChain({ vault: 'unlocked', writesTo: 'vault' });
    },
    'vault.lock': () => setChain({ vault: 'locked', writesTo: null }),
  };
}
