// From the bytes of one content to its matches: the anchors of all rules are found in one pass, each rule's
// expression then runs near its own anchors only, and most contents never get that far.
import type { KnownKey, Match, Matcher, MatchOutcome, Rule, RuleSet } from '../model.ts';
import { type AnchorTable, anchorTable } from './anchor-table.ts';
import { Budget, type Clocks, THREAD_CLOCKS } from './budget.ts';
import { type Candidate, claimedBy, mostSpecific } from './candidate.ts';
import { ForeignRules } from './foreign-rules.ts';
import { endOfKeyBody } from './key-body.ts';
import { formsOf, type KnownForm, verifyForm } from './known-forms.ts';
import { LinePlaces } from './line-places.ts';
import { createFinder, type LiteralFinder } from './literal-finder.ts';
import { RuleRunner } from './rule-runner.ts';
import { wideText } from './wide-text.ts';
import { Windows } from './windows.ts';

export interface MatcherOptions {
  /** Milliseconds of work for one rule in one content. Default 250. */
  budgetMs?: number;
  /** Milliseconds from any fixed point; for tests. */
  now?: () => number;
}

/** Named by a match that no rule describes. */
export const KNOWN_KEY_RULE = 'known-key';
const BUDGET_MS = 250;
/** Those of configuration files have so much more in all, by the clock: a busy machine lets them wait. */
const FOREIGN_AT_ONCE = 8;
/** A content with more matches is not read by people any more. */
const MOST_MATCHES = 10_000;
const NOTHING: readonly Candidate[] = [];

/** Tables are built here, once for each thread. */
export function createMatcher(
  set: RuleSet,
  known: readonly KnownKey[],
  options: MatcherOptions = {},
): Matcher {
  return new RuleMatcher(set, known, options);
}

class RuleMatcher implements Matcher {
  #rules: readonly Rule[];
  /** Made when an anchor is first seen: most rules never meet one, and a hook must start in no time. */
  #runners: (RuleRunner | undefined)[];
  #forms: KnownForm[];
  #table: AnchorTable;
  #finder: LiteralFinder;
  #budgetMs: number;
  #clocks: Clocks;
  #foreign: ForeignRules;

  constructor(set: RuleSet, known: readonly KnownKey[], options: MatcherOptions) {
    this.#rules = set.rules;
    this.#runners = set.rules.map(() => undefined);
    this.#forms = formsOf(known);
    this.#table = anchorTable(
      set.rules.map((rule) => rule.anchors),
      this.#forms,
    );
    this.#finder = createFinder(this.#table.literals);
    this.#budgetMs = options.budgetMs ?? BUDGET_MS;
    this.#foreign = new ForeignRules(this.#budgetMs * FOREIGN_AT_ONCE);
    const { now } = options;
    this.#clocks = now ? { wall: now, worked: now } : THREAD_CLOCKS;
  }

  match(content: Uint8Array): MatchOutcome {
    const budget = new Budget(this.#budgetMs, content.length, this.#clocks);
    const plain = this.#search(content, budget);
    const wide = wideText(content);
    const inWide = wide === null ? NOTHING : this.#search(wide.bytes, budget);
    if (wide === null || inWide.length === 0) return outcome(content, plain, budget);
    const stored = inWide.map((one) => ({
      ...one,
      start: wide.offsetOf(one.start),
      ...(one.bodyEnd === undefined ? {} : { bodyEnd: wide.offsetOf(one.bodyEnd - 1) + 2 }),
      // The last character of a run may have its high byte before it, and nothing behind it.
      end: Math.min(content.length, wide.offsetOf(one.end - 1) + 2),
    }));
    if (plain.length > 0 || !wide.whole) return outcome(content, [...plain, ...stored], budget);
    const { matches, ...rest } = outcome(content, stored, budget);
    // Lines are those that people see: of the decoded text.
    const places = new LinePlaces(wide.bytes);
    return { matches: matches.map((one) => ({ ...one, ...places.at(wide.indexOf(one.start)) })), ...rest };
  }

  /** Everything that is found in `bytes`, with places in `bytes`; overlaps are not yet resolved. */
  #search(bytes: Uint8Array, budget: Budget): readonly Candidate[] {
    const candidates: Candidate[] = [];
    const windows = this.#findAnchors(bytes, candidates, budget);
    const runRule = (order: number) => this.#runRule(order, bytes, windows.get(order)!, candidates, budget);
    const foreign: number[] = [];
    // In the order of the table: should time run out, the least certain rules are those given up.
    for (const order of [...windows.keys()].sort((a, b) => a - b))
      if (this.#rules[order]!.family === 'user') foreign.push(order);
      else runRule(order);
    this.#foreign.run(foreign, runRule, (order) => budget.givenUp.add(this.#rules[order]!.id));
    followKeys(bytes, candidates);
    return candidates;
  }

  /** Windows by rule; known keys go to `candidates` at once. */
  #findAnchors(bytes: Uint8Array, candidates: Candidate[], budget: Budget): Map<number, Windows> {
    const windows = new Map<number, Windows>();
    const { literals, rules, forms } = this.#table;
    this.#finder.find(bytes, (literal, end) => {
      for (const form of forms[literal]!) this.#knownAt(this.#forms[form]!, bytes, end, candidates, budget);
      const start = end - literals[literal]!.length;
      for (const rule of rules[literal]!) {
        const { gate, before, after } = this.#runner(rule);
        if (gate !== null && !gate.admits(bytes, start)) continue;
        if (!windows.has(rule)) windows.set(rule, new Windows());
        const list = windows.get(rule)!;
        list.add(Math.max(0, start - before), Math.min(bytes.length, end + after));
        if (gate !== null) list.addStart(start);
      }
    });
    return windows;
  }

  #runner(order: number): RuleRunner {
    this.#runners[order] ??= new RuleRunner(this.#rules[order]!);
    return this.#runners[order];
  }

  #knownAt(form: KnownForm, bytes: Uint8Array, end: number, candidates: Candidate[], budget: Budget) {
    const start = verifyForm(form, bytes, end);
    if (start === -1) return;
    if (candidates.length >= MOST_MATCHES) {
      budget.givenUp.add(KNOWN_KEY_RULE);
      return;
    }
    const stop = start + form.bytes.length;
    candidates.push({ rule: null, order: -1, secret: form.key.secret, start, end: stop, known: form.key });
  }

  #runRule(order: number, bytes: Uint8Array, windows: Windows, candidates: Candidate[], budget: Budget) {
    const runner = this.#runner(order);
    const { rule } = runner;
    const complete = runner.run(bytes, windows, budget.forRule(), (hit) => {
      if (candidates.length >= MOST_MATCHES) return false;
      candidates.push({ rule, order, ...hit, known: null });
      return true;
    });
    if (!complete) budget.givenUp.add(rule.id);
  }
}

/** A text full of beginnings is passed once. */
function followKeys(bytes: Uint8Array, candidates: readonly Candidate[]): void {
  let from = 0;
  let until = 0;
  for (const one of candidates) {
    if (one.rule?.family !== 'private-key') continue;
    if (one.end < from || one.end >= until) {
      from = one.end;
      until = endOfKeyBody(bytes, one.end);
    }
    one.bodyEnd = until;
  }
}

function outcome(content: Uint8Array, candidates: readonly Candidate[], budget: Budget): MatchOutcome {
  const timedOut = [...budget.givenUp];
  if (candidates.length === 0) return { matches: [], timedOut, claimed: [] };
  const places = new LinePlaces(content);
  const matches = mostSpecific(candidates).map(
    (one): Match => ({
      rule: one.rule?.id ?? KNOWN_KEY_RULE,
      secret: one.secret,
      start: one.start,
      end: one.end,
      ...places.at(one.start),
      knownKey: one.known?.id ?? null,
    }),
  );
  return { matches, timedOut, claimed: claimedBy(candidates) };
}
