// Who may talk to the loopback host. Three secrets, all in memory only:
// a launch code (128 bit, one use, 60 s) buys the session cookie; the cookie buys a token per tab; a socket needs both.
// The token is needed because a page on another loopback port gets our cookie sent along (cookies know no ports).
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';

const CODE_MS = 60_000;
const SESSION_MS = 12 * 3600_000;
const GUESSES = 10;
const GUESS_WINDOW_MS = 60_000;

export class Access {
  #clock: Clock;
  #codes = new Map<string, number>();
  #sessions = new Map<string, number>();
  #tabs = new Map<string, number>();
  #failures: number[] = [];
  #blockedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A fresh launch code: base64url, 128 bit, valid once within 60 s. */
  newLaunchCode(): string {
    return this.#issue(this.#codes, 16, CODE_MS);
  }

  /** Buys a session with a launch code: the cookie's value, or `null` (and the failure counts as a guess). */
  redeem(code: string): string | null {
    if (!this.#take(this.#codes, code)) {
      this.#fail();
      return null;
    }
    this.#codes.delete(digest(code));
    return this.#issue(this.#sessions, 32, SESSION_MS);
  }

  /**
   * Is this cookie value a live session? A wrong one is no guess: 256 bits cannot be guessed, and a tab that outlived its
   * session (same `--port`, new start) sends one with each try and would lock everybody out.
   */
  session(value: string | undefined): boolean {
    return value !== undefined && this.#take(this.#sessions, value);
  }

  newTabToken(): string {
    return this.#issue(this.#tabs, 32, SESSION_MS);
  }

  tab(value: string | undefined): boolean {
    if (value === undefined) return false;
    const ok = this.#take(this.#tabs, value);
    if (!ok) this.#fail();
    return ok;
  }

  /** Milliseconds until guesses are heard again; 0 when they are. */
  blockedMs(): number {
    return Math.max(0, this.#blockedUntil - this.#clock.mono());
  }

  #issue(store: Map<string, number>, bytes: number, ms: number): string {
    const now = this.#clock.mono();
    for (const [key, until] of store) if (until <= now) store.delete(key);
    const value = randomBytes(bytes).toString('base64url');
    store.set(digest(value), now + ms);
    return value;
  }

  // Every entry is compared, in constant time each, over digests of equal length.
  #take(store: Map<string, number>, value: string): boolean {
    const wanted = Buffer.from(digest(value));
    let found = false;
    for (const [key, until] of store)
      if (timingSafeEqual(Buffer.from(key), wanted) && until > this.#clock.mono()) found = true;
    return found;
  }

  #fail() {
    const now = this.#clock.mono();
    this.#failures = this.#failures.filter((at) => at > now - GUESS_WINDOW_MS);
    this.#failures.push(now);
    if (this.#failures.length >= GUESSES) {
      this.#blockedUntil = now + GUESS_WINDOW_MS;
      this.#failures = [];
    }
  }
}

const digest = (value: string) => createHash('sha256').update(value).digest('base64url');
