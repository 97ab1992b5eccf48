// A core without disk, network or keychain, for looking at the window and testing it. The contract is the real one.
import { AppError } from '../../../preload/contract/errors.ts';
import type { HistoryPage } from '../../../preload/contract/history.ts';
import type { AppHandlers } from '../../../preload/contract/index.ts';
import { DEFAULT_SETTINGS, type SettingKey, Settings } from '../../../preload/contract/settings.ts';
import { fakeKeys } from './keys.ts';
import { MODELS, PROVIDERS } from './providers.ts';
import { eventsOf, storedFrom, usage } from './requests.ts';
import { fakeScanner } from './scanner.ts';
import { createState, type FakeOptions, type FakeState } from './state.ts';

export interface FakeCore {
  handlers: AppHandlers;
  state: FakeState;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** All handlers over one state. Options say what it begins with. */
export function createFakeCore(options: FakeOptions = {}): FakeCore {
  const state = createState(options);
  const find = (id: string) => {
    const found = state.history.find((one) => one.row.id === id);
    if (!found) throw new AppError('NOT_FOUND', 'This request is not in the history any more.');
    return found;
  };
  const list: AppHandlers['history.list'] = ({ q, filter, before, limit }): HistoryPage => {
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = state.history.filter(
      ({ row, answer }) =>
        (filter.provider.length === 0 || filter.provider.includes(row.provider)) &&
        (filter.state.length === 0 || filter.state.includes(row.state)) &&
        words.every((word) =>
          `${row.name} ${row.model} ${row.prompt} ${answer}`.toLowerCase().includes(word),
        ),
    );
    const from = before === null ? 0 : Number(before);
    const rows = matching.slice(from, from + limit).map(({ row }) => {
      const word = words[0];
      const at = word ? row.prompt.toLowerCase().indexOf(word) : -1;
      const snippet =
        word === undefined || at < 0
          ? null
          : {
              field: 'prompt' as const,
              text: row.prompt,
              ranges: [[at, at + word.length] as [number, number]],
            };
      return { ...row, snippet };
    });
    const next = from + limit < matching.length ? String(from + limit) : null;
    return { rows, next, total: matching.length };
  };

  const handlers: AppHandlers = {
    ...fakeKeys(state),
    ...fakeScanner,
    'app.info': () => state.info,
    'app.status': async function* (_input, { signal }) {
      let wake = () => {};
      const stop = state.follow(() => wake());
      signal.addEventListener('abort', () => wake());
      try {
        while (!signal.aborted) {
          const changed = new Promise<void>((resolve) => {
            wake = resolve;
          });
          yield state.status;
          await changed;
        }
      } finally {
        stop();
      }
    },
    'app.openLink': ({ url }) => {
      if (!url.startsWith('https://')) throw new AppError('LINK_REFUSED', 'Only https links are opened.');
      return null;
    },
    'providers.list': () => [...PROVIDERS],
    'providers.models': async ({ provider }) => {
      await sleep(state.delayMs);
      return { models: [...(MODELS[provider] ?? [])], source: 'live' as const, note: '' };
    },
    'requests.send': async function* ({ draft }, { signal }) {
      const stored = storedFrom(draft);
      state.history = [stored, ...state.history];
      state.status = { ...state.status, inFlight: state.status.inFlight + 1 };
      state.change('historyVersion');
      try {
        for (const event of eventsOf(stored)) {
          if (signal.aborted) return;
          if (event.k === 'ev' || event.k === 'head') await sleep(state.paceMs);
          yield event;
        }
        stored.row = {
          ...stored.row,
          state: 'complete',
          status: 200,
          attempts: 1,
          ttft: 412,
          total: 3820,
          usage: usage(512, 243),
        };
      } finally {
        if (stored.row.state === 'streaming') stored.row = { ...stored.row, state: 'cancelled' };
        state.status = { ...state.status, inFlight: state.status.inFlight - 1 };
        state.change('historyVersion');
      }
    },
    'requests.skipWait': () => false,
    'requests.preview': ({ draft }) => ({
      method: draft.method,
      url: draft.url || `${draft.baseUrl}/v1/messages`,
      headers: [['content-type', 'application/json'], ['x-api-key', '[key:prod-oncall]'], ...draft.headers],
      body: draft.body,
    }),
    'history.list': list,
    'history.get': ({ id }) => find(id).row,
    'history.replay': async function* ({ id }) {
      yield* eventsOf(find(id));
    },
    'history.eventData': ({ id, index }) => {
      const event = [...eventsOf(find(id))].find((one) => one.k === 'ev' && one.i === index);
      if (event?.k !== 'ev') throw new AppError('NOT_FOUND', 'There is no such event.');
      return { event: event.e, data: event.p, truncated: false };
    },
    'history.body': async function* ({ id, which }) {
      const stored = find(id);
      yield { s: which === 'request' ? stored.draft.body : JSON.stringify({ text: stored.answer }) };
    },
    'history.delete': ({ id }) => {
      state.history = state.history.filter((one) => one.row.id !== id);
      state.change('historyVersion');
      return null;
    },
    'history.deleteAll': () => {
      const deleted = state.history.length;
      state.history = [];
      state.change('historyVersion');
      return { deleted };
    },
    'settings.get': () => state.settings,
    'settings.set': ({ key, value }) => {
      const field = Object.hasOwn(Settings.shape, key) ? Settings.shape[key as SettingKey] : undefined;
      const parsed = field?.safeParse(value);
      if (!parsed?.success)
        throw new AppError('SETTING_INVALID', `The value does not fit the setting "${key}".`);
      state.settings = { ...state.settings, [key]: parsed.data };
      state.change('settingsVersion');
      return state.settings;
    },
    'settings.reset': ({ key }) => {
      state.settings = { ...state.settings, [key]: DEFAULT_SETTINGS[key as SettingKey] };
      state.change('settingsVersion');
      return state.settings;
    },
    'ui.load': () => state.ui,
    'ui.save': ({ state: ui }) => {
      state.ui = ui;
      return null;
    },
  };
  return { handlers, state };
}
