// The defaults as plain values, so that the window needs no schema for them. A test holds them against the contract's.
import type { Settings } from '../../preload/contract/settings.ts';

export const DEFAULT_SETTINGS: Settings = {
  'appearance.theme': 'system',
  'output.view': 'markdown',
  'requests.maxAttempts': 3,
  'requests.maxWaitSeconds': 90,
  'requests.connectSeconds': 15,
  'requests.idleSeconds': 60,
  'requests.totalMinutes': 30,
  'requests.maxBodyMb': 32,
  'requests.maxLineMb': 4,
  'history.keep': true,
  'keychain.fallback': 'ask',
  'scanner.maxBlobMb': 50,
  'scanner.jobs': 0,
  'scanner.knownKeys': true,
  'scanner.genericRule': false,
  'scanner.ignored': true,
  'demo.firstTokenMs': 250,
  'demo.tokensPerSecond': 60,
};
