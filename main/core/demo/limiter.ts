// Rate limits that really count: one fixed window per model, which opens with its first request.
import type { Clock } from '../clock.ts';

export interface Limits {
  requests: number;
  inputTokens: number;
  outputTokens: number;
  windowMs: number;
}

export interface Budget {
  limit: number;
  remaining: number;
}

/** What the headers of an answer say. */
export interface LimitState {
  requests: Budget;
  inputTokens: Budget;
  outputTokens: Budget;
  windowMs: number;
  /** Milliseconds until all is full again. */
  resetMs: number;
  /** null: let through. Otherwise the first limit that was used up. */
  refused: 'requests' | 'inputTokens' | 'outputTokens' | null;
}

export const DEFAULT_LIMITS: Limits = {
  requests: 1000,
  inputTokens: 1_000_000,
  outputTokens: 1_000_000,
  windowMs: 60_000,
};

/** For `demo-tight`: used up by hand, and soon full again. */
export const TIGHT_LIMITS: Limits = { ...DEFAULT_LIMITS, requests: 3, windowMs: 15_000 };

interface Window {
  /** Monotonic ms. */
  opened: number;
  used: Record<'requests' | 'inputTokens' | 'outputTokens', number>;
}

const KINDS = ['requests', 'inputTokens', 'outputTokens'] as const;

export interface Limiter {
  /** Charges one request, or refuses it and charges nothing. */
  charge(model: string, cost: { inputTokens: number; outputTokens: number }): LimitState;
}

export function createLimiter(clock: Clock, limitsOf: (model: string) => Limits): Limiter {
  const windows = new Map<string, Window>();
  return {
    charge(model, cost) {
      const limits = limitsOf(model);
      const now = clock.mono();
      let open = windows.get(model);
      if (!open || now - open.opened >= limits.windowMs) {
        open = { opened: now, used: { requests: 0, inputTokens: 0, outputTokens: 0 } };
        windows.set(model, open);
      }
      const { used } = open;
      const costs = { requests: 1, ...cost };
      // A single request larger than the whole budget would never pass; it passes a window that is still unused.
      const refused = KINDS.find((kind) => used[kind] > 0 && used[kind] + costs[kind] > limits[kind]) ?? null;
      if (!refused) for (const kind of KINDS) used[kind] += costs[kind];
      const budget = (kind: (typeof KINDS)[number]): Budget => ({
        limit: limits[kind],
        remaining: Math.max(0, limits[kind] - used[kind]),
      });
      return {
        requests: budget('requests'),
        inputTokens: budget('inputTokens'),
        outputTokens: budget('outputTokens'),
        windowMs: limits.windowMs,
        resetMs: Math.max(0, open.opened + limits.windowMs - now),
        refused,
      };
    },
  };
}
