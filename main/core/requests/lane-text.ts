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

  /**
   * What is certain of these texts by now; at most the beginning of a key waits for what follows. Runs for every event
   * of a stream, so the same list is given back, with its texts replaced.
   */
  push(texts: LaneTexts): LaneTexts {
    let empty = false;
    for (const one of texts) {
      one[1] = this.#streamOf(one[0]).push(one[1]);
      if (one[1] === '') empty = true;
    }
    return empty ? texts.filter(([, text]) => text !== '') : texts;
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

  #streamOf(lane: Lane): TextScrub {
    let stream = this.#lanes.get(lane);
    if (!stream) {
      stream = this.#make();
      this.#lanes.set(lane, stream);
    }
    return stream;
  }
}
