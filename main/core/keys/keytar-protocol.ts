// What passes between core and the helper process that holds keytar. Secrets cross this channel and no other: a
// command line or an environment can be read by others.

export interface HelperRequest {
  id: number;
  op: 'get' | 'set' | 'delete';
  /** Under which the OS files the entry, e.g. `Keybench`. */
  service: string;
  account: string;
  secret?: string;
}

export type HelperReply =
  | { id: number; ok: true; value: string | boolean | null }
  /** `missing`: keytar or its system library could not be loaded. `message` is the OS's own. */
  | { id: number; ok: false; missing: boolean; message: string };

/** A running helper, whether `child_process.fork` or Electron's `utilityProcess` started it. */
export interface HelperProcess {
  readonly pid: number | undefined;
  /** Throws if the process is gone. */
  send(message: unknown): void;
  onMessage(cb: (message: unknown) => void): void;
  onExit(cb: (why: { code: number | null; signal: string | null }) => void): void;
  /** SIGKILL: with a hung call inside, the process obeys nothing less. */
  kill(): void;
}

export function isHelperReply(message: unknown): message is HelperReply {
  if (message === null || typeof message !== 'object') return false;
  const { id, ok } = message as Partial<HelperReply>;
  return typeof id === 'number' && typeof ok === 'boolean';
}
