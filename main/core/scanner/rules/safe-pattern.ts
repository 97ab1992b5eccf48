// Expressions that other people wrote, perhaps the owner of a hostile repository: none may stall a scan.
import { runInNewContext } from 'node:vm';

/** Longer ones are programs. */
const MOST_CHARACTERS = 2_000;
/** For all probes of one expression, which take a twentieth of it. The engine is interrupted, however deep it is. */
const PROBE_MS = 1_000;
const PROBE_SIZE = 20_000;
const FILLS = ['a', 'A', '0', ' ', '-', '_', '.', '/', '=', '"', 'aA0', 'a-', 'a.', 'key=', '\n'];

export type Compiled = { pattern: RegExp; problem?: undefined } | { pattern?: undefined; problem: string };

/** What all expressions of one file may take together, so that a hundred slow ones cost no more than three. */
export class ProbeTime {
  #left = 3 * PROBE_MS;

  get left(): number {
    return this.#left;
  }

  spend(ms: number): void {
    this.#left -= ms;
  }
}

/**
 * The expression, or what is wrong with it: the end of a sentence that begins with its name. It must compile, match
 * something and not the empty text, repeat no group that itself repeats, and read adversarial texts in linear time.
 * `literals` are what the expression is run near; they become part of these texts.
 */
export function safePattern(
  source: string,
  flags: string,
  time: ProbeTime,
  literals: readonly string[] = [],
): Compiled {
  if (source.length > MOST_CHARACTERS) return { problem: `is longer than ${MOST_CHARACTERS} characters` };
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, flags);
  } catch (error) {
    return { problem: `is no valid regular expression (${reasonOf(error)})` };
  }
  if (nestedRepeat(source))
    return { problem: 'repeats a group that itself repeats, which can take for ever' };
  if (time.left < PROBE_MS / 10) return { problem: 'was not tried, because those before it were too slow' };
  const outcome = probe(pattern, literals, time);
  if (outcome === 'slow')
    return { problem: 'takes too long on some texts; bound its repetitions, as in {1,64}' };
  return outcome === 'empty' ? { problem: 'matches the empty text' } : { pattern };
}

/** The engine's own words end with the reason; before it they repeat the whole expression. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return message.slice(message.lastIndexOf(': ') + 2).toLowerCase() || 'syntax error';
}

/** Is a group with a repetition of unknown length in it itself repeated, as in `(a+)+` or `(x*y)*`? */
function nestedRepeat(source: string): boolean {
  /** For each open group: does it hold such a repetition? */
  const groups: boolean[] = [];
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!;
    if (char === '\\') at++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') groups.push(false);
    else if (char === ')') {
      const inner = groups.pop() ?? false;
      const repeated = repeatAt(source, at + 1) > 1;
      if (inner && repeated) return true;
      if ((inner || repeated) && groups.length > 0) groups[groups.length - 1] = true;
    } else if (repeatAt(source, at) > 1 && groups.length > 0) groups[groups.length - 1] = true;
  }
  return false;
}

/** How often the quantifier at `at` may repeat what stands before it, when the number is not fixed; else 1. */
function repeatAt(source: string, at: number): number {
  const char = source[at];
  if (char === '*' || char === '+') return Number.POSITIVE_INFINITY;
  const bounds = /^\{(\d+)(?:(,)(\d*))?\}/.exec(source.slice(at, at + 24));
  if (!bounds?.[2]) return 1;
  const most = bounds[3] ? Number(bounds[3]) : Number.POSITIVE_INFINITY;
  // `(?:-[a-z]{2,8}){1,4}` is harmless; it is long repetitions of long repetitions that are not.
  return most > 16 ? most : 1;
}

/**
 * Twice the text takes twice the time, or the expression is worse than linear. Three times is noise; and of what is
 * over in a few milliseconds nothing can be told, nor need it be.
 */
const PROBE = `(() => {
  const empty = (text) => {
    pattern.lastIndex = 0;
    for (let match; (match = pattern.exec(text)); ) if (match[0] === '') return true;
    return false;
  };
  for (const text of texts) {
    const start = now();
    if (empty(text.slice(0, text.length / 2))) return 'empty';
    const half = now();
    if (empty(text)) return 'empty';
    const ms = now() - half;
    if (ms > 40 && ms > 3 * (half - start)) return 'slow';
  }
  return 'fine';
})()`;

/** Runs on texts that are near misses, in a context that the engine leaves when the time is over. */
function probe(pattern: RegExp, literals: readonly string[], time: ProbeTime): 'fine' | 'empty' | 'slow' {
  const texts = ['', ...FILLS.map((fill) => filled('', fill))];
  for (const literal of literals.slice(0, 4)) {
    texts.push(filled('', literal), filled('', `${literal}a`));
    for (const fill of FILLS) texts.push(filled(literal, fill));
  }
  const global = new RegExp(
    pattern.source,
    pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`,
  );
  const start = performance.now();
  try {
    const context = { texts, pattern: global, now: () => performance.now() };
    return runInNewContext(PROBE, context, { timeout: Math.ceil(Math.min(PROBE_MS, time.left)) });
  } catch {
    return 'slow';
  } finally {
    time.spend(performance.now() - start);
  }
}

const filled = (start: string, fill: string): string =>
  start + fill.repeat(Math.ceil(PROBE_SIZE / fill.length));
