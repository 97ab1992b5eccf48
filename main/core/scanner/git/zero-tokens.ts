// Splits output that is divided by NUL. Tokens are views of the chunks where they lie in one.

/** Calls `onToken` for each token without its NUL; `end` gives what is left. A token over `max` bytes is an error. */
export class ZeroTokens {
  readonly #onToken: (token: Buffer) => void;
  #rest: Buffer[] = [];
  #restBytes = 0;

  constructor(onToken: (token: Buffer) => void) {
    this.#onToken = onToken;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, from)) {
      const token = chunk.subarray(from, at);
      from = at + 1;
      if (this.#rest.length === 0) this.#onToken(token);
      else {
        this.#rest.push(token);
        const whole = Buffer.concat(this.#rest);
        this.#rest = [];
        this.#restBytes = 0;
        this.#onToken(whole);
      }
    }
    if (from === chunk.length) return;
    this.#rest.push(chunk.subarray(from));
    this.#restBytes += chunk.length - from;
    // Paths and names of authors; a megabyte of one is an attack.
    if (this.#restBytes > MAX_TOKEN) throw new Error('git wrote a path or a name of more than 4 MB');
  }
}

const MAX_TOKEN = 4 << 20;
