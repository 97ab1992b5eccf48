// Where everything that was recorded is looked through, and what was found is written down. It keeps no data: a report
// names channel, place, encoding, offset and the key's alias, so that a failing test does not print the key itself.
import type { Canaries } from './canaries.ts';
import { createSearcher, type Match } from './searcher.ts';

export interface Finding extends Match {
  channel: string;
  where: string;
}

export interface Look {
  /** Is this key allowed here? Then it is counted and is no finding. */
  allow?: (match: Match) => boolean;
}

export interface Ledger {
  findings: Finding[];
  look(channel: string, where: string, data: Buffer | string, look?: Look): void;
  /** For what was found by another process. */
  report(finding: Finding): void;
  /** Another secret of this run, e.g. a session cookie. */
  add(alias: string, text: string): void;
  /** What was looked through in a channel so far. */
  seen(channel: string): { items: number; bytes: number };
  channels(): string[];
  /** How often a key was seen where it may be. */
  allowed(channel: string, alias: string): number;
  /** The findings, each on one line and once per place. */
  lines(): string[];
}

export function createLedger(canaries: Canaries): Ledger {
  const searcher = createSearcher(canaries);
  const findings: Finding[] = [];
  const seen = new Map<string, { items: number; bytes: number }>();
  const allowed = new Map<string, number>();
  const count = (channel: string) => {
    const one = seen.get(channel) ?? { items: 0, bytes: 0 };
    seen.set(channel, one);
    return one;
  };
  const report = (finding: Finding) => {
    // A file may be named after a key.
    const where = searcher.find(finding.where).length === 0 ? finding.where : '(a name that holds a key)';
    findings.push({ ...finding, where });
  };
  return {
    findings,
    look(channel, where, data, { allow } = {}) {
      const one = count(channel);
      one.items += 1;
      one.bytes += data.length;
      for (const match of searcher.find(data))
        if (allow?.(match)) {
          const id = `${channel}\n${match.alias}`;
          allowed.set(id, (allowed.get(id) ?? 0) + 1);
        } else report({ channel, where, ...match });
    },
    report,
    add: searcher.add,
    seen: (channel) => ({ ...count(channel) }),
    channels: () => [...seen.keys()],
    allowed: (channel, alias) => allowed.get(`${channel}\n${alias}`) ?? 0,
    lines: () => {
      const places = new Map<string, { offset: number; times: number }>();
      for (const { channel, where, alias, encoding, offset } of findings) {
        const place = `${channel}: ${where}: key "${alias}", ${encoding}`;
        const first = places.get(place);
        if (first) first.times += 1;
        else places.set(place, { offset, times: 1 });
      }
      return [...places].map(([place, { offset, times }]) => `${place}, first at ${offset}, ${times} times`);
    },
  };
}

/** For the self-test: the channels in which each key was found, by alias. */
export function channelsByKey({ findings }: Ledger): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const { alias, channel } of findings)
    if (alias !== '?') all[alias] = [...new Set([...(all[alias] ?? []), channel])].sort();
  return all;
}
