// The window's guard for what comes from core, by hand: it runs for every frame of a stream, and a window that needs
// no zod at its start is 27 kB (gzip) lighter. A test holds it against the schema in frames.ts.
import { ERROR_CODES } from './app-error.ts';
import type { WireError } from './errors.ts';
import { BATCH } from './frame-limits.ts';
import type { ServerFrame } from './frames.ts';

/** The frame, or `null` when `raw` is none. Capabilities and error data are taken as core sends them. */
export function readServerFrame(raw: unknown): ServerFrame | null {
  if (!isRecord(raw)) return null;
  switch (raw.t) {
    case 'welcome':
      return Number.isSafeInteger(raw.v) &&
        isCapabilities(raw.capabilities) &&
        only(raw, 't', 'v', 'capabilities')
        ? (raw as ServerFrame)
        : null;
    case 'refused':
      return isWireError(raw.e) && only(raw, 't', 'e') ? (raw as ServerFrame) : null;
    case 'events':
      return isId(raw.id) && Array.isArray(raw.e) && raw.e.length <= BATCH && only(raw, 't', 'id', 'e')
        ? (raw as ServerFrame)
        : null;
    case 'done':
      return isId(raw.id) && only(raw, 't', 'id', 'r') ? (raw as ServerFrame) : null;
    case 'fail':
      return isId(raw.id) && isWireError(raw.e) && only(raw, 't', 'id', 'e') ? (raw as ServerFrame) : null;
    default:
      return null;
  }
}

type Fields = Record<string, unknown>;
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const only = (value: Fields, ...keys: string[]) => Object.keys(value).every((key) => keys.includes(key));
const isId = (id: unknown) => typeof id === 'number' && Number.isInteger(id) && id >= 1 && id <= 2 ** 31 - 1;

const SHELLS = ['electron', 'browser', 'cli', 'test'];
const FLAGS = [
  'windowControls',
  'nativeMenu',
  'nativeFileDialog',
  'copySecret',
  'revealInFolder',
  'appShortcuts',
  'remote',
];
const isCapabilities = (value: unknown) =>
  isRecord(value) &&
  SHELLS.includes(value.shell as string) &&
  FLAGS.every((flag) => typeof value[flag] === 'boolean');

const CODES: ReadonlySet<unknown> = new Set(ERROR_CODES);
const isWireError = (value: unknown): value is WireError =>
  isRecord(value) &&
  CODES.has(value.code) &&
  typeof value.message === 'string' &&
  value.message.length <= 4000;
