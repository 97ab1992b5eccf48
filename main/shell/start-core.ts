// Core under plain Node: the same for the browser shell and the command line.
import path from 'node:path';
import { type Capabilities, NO_CAPABILITIES } from '../../preload/contract/frames.ts';
import { type App, createApp } from '../core/create-app.ts';
import { forkKeytarProcess } from '../core/keys/fork-keytar.ts';
import { version } from './version.ts';

const CORE = path.resolve(import.meta.dirname, '../core');

export interface StartCoreOptions {
  shell: 'browser' | 'cli';
  dataDir: string;
  remote: boolean;
  appShortcuts: boolean;
  openLink: (url: string) => Promise<void>;
  logToStderr?: boolean;
}

export function startCore(options: StartCoreOptions): Promise<App> {
  const capabilities: Capabilities = {
    ...NO_CAPABILITIES,
    shell: options.shell,
    appShortcuts: options.appShortcuts,
    remote: options.remote,
  };
  return createApp({
    dataDir: options.dataDir,
    version: version(),
    capabilities,
    openLink: options.openLink,
    spawnKeytar: () => forkKeytarProcess(path.join(CORE, 'keys/keytar-process.ts')),
    entries: { searchWorker: path.join(CORE, 'history/search-worker.ts') },
    longLived: options.shell === 'browser',
    logToStderr: options.logToStderr ?? false,
    testMode: process.env.KEYBENCH_TEST === '1',
  });
}
