// The helper process: the only place that loads keytar. It lives apart because keytar can crash or hang for ever,
// and because nothing less than SIGKILL ends a process in which it hangs (measured, see ARCHITECTURE.md). It keeps
// no state, so that it may die at any moment. `findCredentials` is never called: on a locked keyring it crashes.
import type { HelperReply, HelperRequest } from './keytar-protocol.ts';

type Keytar = typeof import('keytar');
/** The part of Electron's `process.parentPort` that is used here. */
interface ParentPort {
  on(event: 'message', cb: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

let keytar: Promise<Keytar> | undefined;
const load = (): Promise<Keytar> => {
  keytar ??= import('keytar').then((module) => module.default);
  return keytar;
};

async function perform(request: HelperRequest): Promise<HelperReply> {
  const { id, op, service, account, secret } = request;
  const failed = (error: unknown, missing: boolean): HelperReply => {
    const message = error instanceof Error ? error.message : String(error);
    return { id, ok: false, missing, message: message.slice(0, 500) };
  };
  let store: Keytar;
  try {
    store = await load();
  } catch (error) {
    return failed(error, true);
  }
  try {
    if (op === 'get') return { id, ok: true, value: await store.getPassword(service, account) };
    if (op === 'delete') return { id, ok: true, value: await store.deletePassword(service, account) };
    await store.setPassword(service, account, secret ?? '');
    return { id, ok: true, value: true };
  } catch (error) {
    return failed(error, false);
  }
}

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
const reply = (message: HelperReply) => {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
};
const onRequest = (message: unknown) => void perform(message as HelperRequest).then(reply);
// `process.exit` waits for a hung call, so the end is a signal to oneself.
const end = () => process.kill(process.pid, 'SIGKILL');

if (parentPort) parentPort.on('message', (event) => onRequest(event.data));
else {
  process.on('message', onRequest);
  process.on('disconnect', end);
}
// Ctrl+C in a terminal reaches the whole group; core decides when this process ends.
process.on('SIGINT', () => {});
