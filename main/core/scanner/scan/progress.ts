// Exact progress: all bytes are known before the first is read. Told at most ten times a second.
import type { ScanProgress } from '../model.ts';

const EVERY_MS = 100;

export interface Progress {
  phase(phase: ScanProgress['phase']): void;
  /** More to do. */
  expect(objects: number, bytes: number): void;
  done(objects: number, bytes: number): void;
  found(findings: number): void;
}

export function createProgress(send: (progress: ScanProgress) => void): Progress & { end(): void } {
  const state: ScanProgress = {
    phase: 'open',
    bytes: 0,
    bytesTotal: 0,
    objects: 0,
    objectsTotal: 0,
    findings: 0,
  };
  let sentAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  const now = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    sentAt = performance.now();
    send({ ...state });
  };
  const soon = () => {
    const left = sentAt + EVERY_MS - performance.now();
    if (left <= 0) now();
    else timer ??= setTimeout(now, left);
  };
  return {
    phase(phase) {
      state.phase = phase;
      soon();
    },
    expect(objects, bytes) {
      state.objectsTotal += objects;
      state.bytesTotal += bytes;
      soon();
    },
    done(objects, bytes) {
      state.objects += objects;
      state.bytes += bytes;
      soon();
    },
    found(findings) {
      state.findings = findings;
      soon();
    },
    end() {
      if (timer) now();
    },
  };
}
