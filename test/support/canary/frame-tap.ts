// Every frame of the bridge, both ways, as the browser's own debugger sees it; and calls over the window's connection.
import { AppError } from '../../../preload/contract/errors.ts';
import type { ServerFrame } from '../../../preload/contract/frames.ts';
import type { Ledger } from './ledger.ts';
import type { Match } from './searcher.ts';

/** The fields in which a secret may come in, and in no other. */
const SECRET_FIELDS: Record<string, string> = {
  'keys.add': 'secret',
  'keys.replace': 'secret',
  'vault.create': 'passphrase',
  'vault.unlock': 'passphrase',
};
/** Where a person may have pasted a key by mistake: it comes in with the text around it and must not come back. */
const TYPED = new Set(['requests.send', 'requests.preview', 'ui.save', 'history.list']);
/** The door's token is said once, in the greeting. */
export const TAB_TOKEN = 'tab token';
/** Text of a lane that is searched again with what follows, so that a key in pieces is found. */
const TAIL = 400;

interface Open {
  method: string;
  answer?: PromiseWithResolvers<unknown[]>;
  events: unknown[];
  /** Whom to tell of each event; `true` ends the stream. */
  onEvent?: ((event: unknown) => boolean) | undefined;
  lanes: Map<string, string>;
}

export interface FrameTap {
  sent(text: string): void;
  received(text: string): void;
  /** The connection is gone: what is open fails. */
  closed(): void;
  call(method: string, input: unknown, onEvent?: (event: unknown) => boolean): Promise<unknown[]>;
}

/** `post` sends text over the window's own socket; `pasted`: keys that were typed where a key does not belong. */
export function createFrameTap(
  ledger: Ledger,
  { post, pasted }: { post: (text: string) => void; pasted: ReadonlySet<string> },
): FrameTap {
  const open = new Map<number, Open>();
  // Far from the ids that the window itself gives.
  let nextId = 1_000_000;

  const lookAtInput = (method: string, input: unknown) => {
    const field = SECRET_FIELDS[method];
    const { [field ?? '']: secret, ...rest } = (input ?? {}) as Record<string, unknown>;
    if (field) ledger.look('frame in, secret field', method, String(secret), { allow: () => true });
    const allow = ({ alias }: Match) => TYPED.has(method) && pasted.has(alias);
    ledger.look('frame in', method, JSON.stringify(rest), { allow });
  };

  const lookAtText = (one: Open, event: unknown) => {
    const { l = 'text', s } = (event ?? {}) as { l?: string; s?: string };
    if (typeof s !== 'string') return;
    const text = (one.lanes.get(l) ?? '') + s;
    ledger.look('streamed text', `${one.method} ${l}`, text);
    one.lanes.set(l, text.slice(-TAIL));
  };

  const events = (id: number, one: Open, list: unknown[]) => {
    for (const event of list) {
      lookAtText(one, event);
      one.events.push(event);
      if (one.onEvent?.(event)) {
        one.onEvent = undefined;
        post(JSON.stringify({ t: 'cancel', id }));
        one.answer?.resolve(one.events);
      }
    }
    if (one.answer) post(JSON.stringify({ t: 'credit', id, n: list.length }));
  };

  return {
    sent(text) {
      const frame = JSON.parse(text) as { t: string; id?: number; m?: string; p?: unknown; token?: string };
      const greets = ({ alias }: Match) => frame.t === 'hello' && alias === TAB_TOKEN;
      if (frame.t !== 'open') return ledger.look('frame in', frame.t, text, { allow: greets });
      lookAtInput(frame.m ?? '', frame.p);
      if (!open.has(frame.id!))
        open.set(frame.id!, { method: nameOf(frame.m, frame.p), events: [], lanes: new Map() });
    },
    received(text) {
      const frame = JSON.parse(text) as ServerFrame;
      const one = 'id' in frame ? open.get(frame.id) : undefined;
      ledger.look('frame out', one?.method ?? frame.t, text);
      if (!one || !('id' in frame)) return;
      if (frame.t === 'events') return events(frame.id, one, frame.e);
      open.delete(frame.id);
      if (frame.t === 'done') one.answer?.resolve(frame.r === undefined ? one.events : [frame.r]);
      else if (frame.t === 'fail') one.answer?.reject(AppError.from(frame.e));
    },
    closed() {
      for (const one of open.values()) one.answer?.reject(new AppError('CLOSED', 'The app has gone.'));
      open.clear();
    },
    call(method, input, onEvent) {
      const id = nextId++;
      const answer = Promise.withResolvers<unknown[]>();
      open.set(id, { method: nameOf(method, input), answer, events: [], onEvent, lanes: new Map() });
      post(JSON.stringify({ t: 'open', id, m: method, p: input }));
      return answer.promise;
    },
  };
}

/** The method, and for a request the first part of its path, which says what the provider answers. */
function nameOf(method = '', input: unknown): string {
  const { draft } = (input ?? {}) as { draft?: { baseUrl?: string } };
  const answer = /^https?:[/]+[^/]+[/]([\w-]+)/.exec(draft?.baseUrl ?? '')?.[1];
  return answer ? `${method} (${answer})` : method;
}
