// The contract as the window needs it: names and kinds, without the schemas (and without zod). The compiler checks it.
import type { MethodKinds } from '../../preload/contract/connect.ts';
import type { AppContract } from '../../preload/contract/index.ts';

const CALL = { kind: 'call' } as const;
const STREAM = { kind: 'stream' } as const;

export const METHODS: MethodKinds<AppContract> = {
  'app.info': CALL,
  'app.status': STREAM,
  'app.openLink': CALL,
  'keys.list': CALL,
  'keys.add': CALL,
  'keys.replace': CALL,
  'keys.rename': CALL,
  'keys.check': CALL,
  'keys.remove': CALL,
  'keychain.status': CALL,
  'keychain.probe': CALL,
  'keychain.allowMemory': CALL,
  'vault.create': CALL,
  'vault.unlock': CALL,
  'vault.lock': CALL,
  'providers.list': CALL,
  'providers.models': CALL,
  'requests.send': STREAM,
  'requests.skipWait': CALL,
  'requests.preview': CALL,
  'history.list': CALL,
  'history.get': CALL,
  'history.replay': STREAM,
  'history.eventData': CALL,
  'history.body': STREAM,
  'history.delete': CALL,
  'history.deleteAll': CALL,
  'settings.get': CALL,
  'settings.set': CALL,
  'settings.reset': CALL,
  'ui.load': CALL,
  'ui.save': CALL,
};
