// Helper processes that do what a test tells them, over entries that outlive them as those of the OS do.
import type { HelperProcess, HelperRequest } from '../../main/core/keys/keytar-protocol.ts';

type Behaviour = 'answer' | 'silent' | 'die' | { error: string } | { missing: string };

/** A helper that keeps its entries in a map shared by all of its kind, as the OS would. */
class FakeHelper implements HelperProcess {
  readonly pid = undefined;
  readonly seen: HelperRequest[] = [];
  killed = false;
  #world: World;
  #message: (message: unknown) => void = () => {};
  #exit: (why: { code: number | null; signal: string | null }) => void = () => {};
  constructor(world: World) {
    this.#world = world;
  }
  send(message: unknown) {
    if (this.killed) throw new Error('gone');
    const request = message as HelperRequest;
    this.seen.push(request);
    const how = this.#world.how(request, this);
    if (how === 'silent') return;
    queueMicrotask(() => {
      if (how === 'die') this.#exit({ code: null, signal: 'SIGSEGV' });
      else if (how === 'answer') this.#message(this.#world.perform(request));
      else if ('error' in how)
        this.#message({ id: request.id, ok: false, missing: false, message: how.error });
      else this.#message({ id: request.id, ok: false, missing: true, message: how.missing });
    });
  }
  say(message: unknown) {
    this.#message(message);
  }
  die() {
    this.#exit({ code: null, signal: 'SIGKILL' });
  }
  onMessage(cb: (message: unknown) => void) {
    this.#message = cb;
  }
  onExit(cb: (why: { code: number | null; signal: string | null }) => void) {
    this.#exit = cb;
  }
  kill() {
    this.killed = true;
  }
}

export class World {
  entries = new Map<string, string>();
  helpers: FakeHelper[] = [];
  how: (request: HelperRequest, helper: FakeHelper) => Behaviour = () => 'answer';
  spawn = () => {
    const helper = new FakeHelper(this);
    this.helpers.push(helper);
    return helper;
  };
  perform({ id, op, account, secret }: HelperRequest) {
    if (op === 'set') this.entries.set(account, secret ?? '');
    const value =
      op === 'get' ? (this.entries.get(account) ?? null) : op === 'set' || this.entries.delete(account);
    return { id, ok: true, value };
  }
  requests = () => this.helpers.flatMap((helper) => helper.seen);
}
