// The composition root: the only file that knows every service of core, and the order in which they start and end.
import path from 'node:path';
import type { AppInfo } from '../../preload/contract/app.ts';
import type { Capabilities } from '../../preload/contract/frames.ts';
import type { AppHandlers } from '../../preload/contract/index.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { appHandlers } from './app/handlers.ts';
import { sdkVersions } from './app/sdk-versions.ts';
import { createStatusHub } from './app/status-hub.ts';
import { type Clock, systemClock } from './clock.ts';
import { startDemoServer } from './demo/demo-server.ts';
import { openDatabase } from './history/database.ts';
import { historyHandlers } from './history/handlers.ts';
import { createHistoryStore } from './history/history-store.ts';
import { keptOnly } from './history/kept-only.ts';
import { type Salvaged, salvageDatabase } from './history/salvage.ts';
import { createSearchWorker } from './history/search-client.ts';
import { keysHandlers } from './keys/handlers.ts';
import { createKeyService } from './keys/key-service.ts';
import type { HelperProcess } from './keys/keytar-protocol.ts';
import { createMemoryBackend } from './keys/memory-backend.ts';
import { createProcessBackend } from './keys/process-backend.ts';
import { Scrubber } from './keys/scrub.ts';
import { createVaultBackend } from './keys/vault-backend.ts';
import { createLog, type Log } from './log.ts';
import { providersHandlers } from './providers/handlers.ts';
import { createRegistry } from './providers/registry.ts';
import { requestsHandlers } from './requests/handlers.ts';
import { recordedRequests } from './requests/recorded-requests.ts';
import { createSender } from './requests/send-request.ts';
import type { ServeOptions } from './rpc/serve.ts';
import { findRepositories } from './scanner/git/find-repositories.ts';
import { RULES } from './scanner/rules/index.ts';
import { type StartScanOptions, startScan } from './scanner/scan/start-scan.ts';
import { exportFindings } from './scanner/service/export-findings.ts';
import { scannerHandlers } from './scanner/service/handlers.ts';
import { createRepositoryFinder } from './scanner/service/repository-finder.ts';
import { createScannerService } from './scanner/service/scanner-service.ts';
import { settingsHandlers } from './settings/handlers.ts';
import { createSettingsStore } from './settings/settings-store.ts';

/** How often the history is looked at for rows that another Keybench process (the command line) has written. */
const WATCH_MS = 1000;
/** The SDKs are imported this long after the start: late enough for the window, early enough for the first request. */
const WARM_MS = 600;

export interface AppDeps {
  dataDir: string;
  version: string;
  capabilities: Capabilities;
  openLink: (url: string) => Promise<void>;
  /** Starts the keychain helper; called again after each time it had to be killed. */
  spawnKeytar: () => HelperProcess;
  entries: {
    searchWorker: URL | string;
    /** Where the scan's threads begin; absent: beside their sources. */
    scan?: StartScanOptions;
  };
  /** A window stays and wants everything warm; a command is over in a moment. */
  longLived: boolean;
  logToStderr?: boolean;
  clock?: Clock;
  /** Checks every outbound message against the contract. */
  testMode?: boolean;
}

export interface App {
  handlers: AppHandlers;
  log: Log;
  /** The stored choice of colours, for the first paint of a window. */
  theme: () => Settings['appearance.theme'];
  serveOptions: Pick<ServeOptions, 'capabilities' | 'scrub' | 'onInternal' | 'checkOutput'>;
  /** Ends everything within about two seconds, also when the keychain hangs. */
  close(): Promise<void>;
}

/** Never rejects for a bad database, keychain or disk: the app then runs with less and its status says so. */
export async function createApp(deps: AppDeps): Promise<App> {
  const clock = deps.clock ?? systemClock;
  const scrubber = new Scrubber();
  const log = createLog({
    file: path.join(deps.dataDir, 'keybench.log'),
    stderr: deps.logToStderr ?? false,
    scrub: (text) => scrubber.text(text, { shapes: true }),
    clock,
  });
  const database = openDatabase(deps.dataDir, { clock, log });
  const settings = createSettingsStore({
    db: database.db,
    log,
    scrub: (state) => scrubber.value(state),
  });
  const demo = await startDemoServer({
    clock,
    settings: () => {
      const all = settings.get();
      return { firstTokenMs: all['demo.firstTokenMs'], tokensPerSecond: all['demo.tokensPerSecond'] };
    },
  });
  const registry = createRegistry({ demoOrigin: () => demo.origin });
  const searchWorker =
    database.file === null
      ? undefined
      : createSearchWorker({ file: database.file, entry: deps.entries.searchWorker });
  const history = createHistoryStore({
    db: database.db,
    instance: database.instance,
    watchMs: WATCH_MS,
    ...(searchWorker ? { searchWorker } : {}),
  });
  const keys = createKeyService({
    db: database.db,
    clock,
    log,
    scrubber,
    backends: {
      keychain: createProcessBackend({ spawn: deps.spawnKeytar, clock, log }),
      memory: createMemoryBackend(),
      vault: createVaultBackend({ file: path.join(deps.dataDir, 'vault.json'), clock }),
    },
    checkKey: (input) => sender.checkKey(input),
    settings: settings.get,
  });
  const sender = createSender({
    registry,
    keys,
    sink: keptOnly(history, () => settings.get()['history.keep']),
    settings: settings.get,
    clock,
    log,
    scrubber,
  });

  const scanner = createScannerService({
    db: database.db,
    clock,
    log,
    keys,
    settings: settings.get,
    scrubber,
    finder: createRepositoryFinder(findRepositories),
    startScan: (request) => startScan(request, deps.entries.scan),
    rules: () => RULES,
    cacheDir: path.join(deps.dataDir, 'scan-cache'),
    userConfig: path.join(deps.dataDir, '.keybench.toml'),
  });

  const hub = createStatusHub(() => ({
    keychain: keys.status(),
    database: database.status(),
    inFlight: sender.inFlight(),
  }));
  keys.onChange(() => hub.touch('keys'));
  history.onChange(() => hub.touch('history'));
  settings.onChange(() => hub.touch('settings'));
  sender.onChange(() => hub.touch());
  database.onProblem(() => hub.touch());

  const info = (): AppInfo => ({
    version: deps.version,
    shell: deps.capabilities.shell,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    sqlite: process.versions.sqlite ?? '',
    dataDir: deps.dataDir,
    demoOrigin: demo.origin,
    sdks: sdkVersions,
  });
  const recorded = recordedRequests(sender, history);
  const handlers: AppHandlers = {
    ...appHandlers({ info, hub, openLink: deps.openLink }),
    ...keysHandlers(keys),
    ...providersHandlers({ registry, models: sender.models }),
    ...requestsHandlers(sender),
    ...historyHandlers({ store: history, ...recorded }),
    ...scannerHandlers({
      service: scanner,
      exportFindings: (wanted, { signal }) =>
        exportFindings(wanted, { db: database.db, service: scanner, version: deps.version }, signal),
    }),
    ...settingsHandlers(settings),
  };

  // None of this may delay the window: what it finds reaches the status when it is found.
  try {
    history.recover();
  } catch (error) {
    // A full or read-only disk, or a damaged row: they go on looking as if they ran, which is no reason not to start.
    log.error('What was interrupted could not be marked as such', error);
  }
  const background = (what: string, work: Promise<unknown>) =>
    void work.catch((error: unknown) => log.error(`${what} failed`, error));
  const timers: NodeJS.Timeout[] = [];
  if (deps.longLived) {
    background('The first look at the keychain', keys.probe({ unlock: false }));
    timers.push(setTimeout(() => background('Loading the SDKs', registry.warm()), WARM_MS));
    searchWorker?.warm();
    if (database.checkWanted && searchWorker)
      background('The check of the database', searchWorker.quickCheck().then(database.checked));
  }

  return {
    handlers,
    log,
    theme: () => settings.get()['appearance.theme'],
    serveOptions: {
      capabilities: deps.capabilities,
      scrub: (value) => scrubber.value(value),
      onInternal: (method, error) => log.error(`The call ${method} failed`, error),
      checkOutput: deps.testMode ?? false,
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await scanner.close();
      await sender.close();
      await Promise.allSettled([keys.close(), history.close(), demo.close()]);
      database.close();
      log.close();
    },
  };
}

/** Saves what can be read of a damaged database. The app must not be running. Throws `DATABASE_UNAVAILABLE`. */
export const salvage = (dataDir: string): Salvaged => salvageDatabase(dataDir, { clock: systemClock });
