// Provisional findings on their way out while the scan runs: a reader that is slow gets them later, not all at once.
import type { Finding } from '../model.ts';
import type { ContentHits, Hit } from './hit.ts';
import { FOUND_AHEAD, PART } from './scan-protocol.ts';

export interface FoundFeed {
  add(found: readonly ContentHits[]): void;
  /** The reader has taken one. */
  taken(): void;
}

export function createFoundFeed(
  toFinding: (content: ContentHits, hit: Hit) => Finding,
  send: (findings: Finding[]) => void,
): FoundFeed {
  const waiting: ContentHits[] = [];
  /** Everything is kept by the scan anyway; here only where we are. */
  let next = 0;
  let ahead = 0;
  const flow = () => {
    while (ahead < FOUND_AHEAD && next < waiting.length) {
      const findings: Finding[] = [];
      while (findings.length < PART && next < waiting.length) {
        const content = waiting[next++];
        if (content) for (const hit of content.hits) findings.push(toFinding(content, hit));
      }
      ahead++;
      send(findings);
    }
  };
  return {
    add(found) {
      waiting.push(...found);
      flow();
    },
    taken() {
      ahead--;
      flow();
    },
  };
}
