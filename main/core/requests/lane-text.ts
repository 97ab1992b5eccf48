// A server may send a key back in pieces, some letters in each event. The bytes then never hold it whole, so it passes
// the scrubber of the wire; the text that the events add up to is where it shows, and where it is caught.
import type { Lane } from '../../../preload/contract/requests.ts';

/** What is needed of the scrubber: see `Scrubber.textStream`. */
export interface TextScrub {
  push(chunk: string): string;
  end(): string;
}

type LaneTexts = [Lane, string][];

export class LaneText {
  readonly #make: () => TextScrub;
  readonly #lanes = new Map<Lane, TextScrub>();

  /** `make`: a scrubbing stream of its own for each lane. */
  constructor(make: () => TextScrub) {
    this.#make = make;
  }

  /** What is certain of these texts by now, in their order; at most the beginning of a key waits for what follows. */
  push(texts: LaneTexts): LaneTexts {
    const sure: LaneTexts = [];
    for (const [lane, text] of texts) {
      let stream = this.#lanes.get(lane);
      if (!stream) {
        stream = this.#make();
        this.#lanes.set(lane, stream);
      }
      const clean = stream.push(text);
      if (clean !== '') sure.push([lane, clean]);
    }
    return sure;
  }

  /** No more text will come: what was waiting. */
  end(): LaneTexts {
    const rest: LaneTexts = [];
    for (const [lane, stream] of this.#lanes) {
      const text = stream.end();
      if (text !== '') rest.push([lane, text]);
    }
    this.#lanes.clear();
    return rest;
  }
}
