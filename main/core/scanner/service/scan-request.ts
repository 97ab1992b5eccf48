// What a scan is asked, from the settings and the keys of this moment.
import fs from 'node:fs/promises';
import type { Settings } from '../../../../preload/contract/settings.ts';
import type { KeyService } from '../../keys/key-service.ts';
import type { Rule, RuleChoice, ScanProfile, ScanRequest } from '../model.ts';
import type { RepoRow } from './repo-rows.ts';

const MB = 1024 * 1024;

export interface RequestDeps {
  keys: Pick<KeyService, 'forScanner'>;
  settings: () => Settings;
  rules: () => readonly Rule[];
  /** The user's own rules and allow lists; may not exist. */
  userConfig: string | null;
  cacheDir: string | null;
}

export interface PreparedScan {
  request: ScanRequest;
  /** Fingerprints of the stored keys that are looked for, by key id. */
  keyFingerprints: ReadonlyMap<string, string>;
}

/** Never waits for anybody: keys that cannot be read now are not looked for. */
export async function prepareScan(
  repo: RepoRow,
  profile: ScanProfile,
  deps: RequestDeps,
): Promise<PreparedScan> {
  const settings = deps.settings();
  const [held, rules] = await Promise.all([
    settings['scanner.knownKeys'] ? deps.keys.forScanner() : { pepper: null, keys: [] },
    chooseRules(deps),
  ]);
  const request: ScanRequest = {
    path: repo.path,
    profile,
    since: null,
    trusted: repo.trusted,
    jobs: settings['scanner.jobs'] || null,
    maxBlob: settings['scanner.maxBlobMb'] * MB,
    cacheDir: deps.cacheDir,
    ignored: settings['scanner.ignored'],
    rules,
    repositoryConfig: true,
    knownKeys: held.keys.map(({ id, name, secret, forms }) => ({ id, name, secret, forms })),
    pepper: held.pepper,
    baseline: [],
    reveal: false,
  };
  return { request, keyFingerprints: new Map(held.keys.map(({ id, fingerprint }) => [id, fingerprint])) };
}

/** The built-in rules as the settings have them, and the user's own. */
export async function chooseRules({
  settings,
  rules,
  userConfig,
}: Pick<RequestDeps, 'settings' | 'rules' | 'userConfig'>): Promise<RuleChoice> {
  const generic = rules().filter(({ family, enabled }) => family === 'generic' && enabled === false);
  const text = userConfig === null ? null : await fs.readFile(userConfig, 'utf8').catch(() => null);
  return {
    configs: userConfig === null || text === null ? [] : [{ from: 'user', path: userConfig, text }],
    enable: settings()['scanner.genericRule'] ? generic.map(({ id }) => id) : [],
    disable: [],
  };
}
