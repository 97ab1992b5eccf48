// When events arrived, as a histogram of fixed memory: when time runs past the last bin, neighbours are merged and
// each bin covers twice the time. The strip draws from this and never walks all events.
const BINS = 2048;

export class ArrivalBins {
  /** Characters that arrived per bin. */
  readonly chars = new Float64Array(BINS);
  readonly events = new Uint32Array(BINS);
  /** Events per bin that added answer text. */
  readonly texts = new Uint32Array(BINS);
  /** Milliseconds one bin covers. */
  width = 1;

  /** `t` in milliseconds since the request's start. */
  add(t: number, chars: number, text: boolean): void {
    const bin = this.addText(t, chars, text);
    this.events[bin] = (this.events[bin] ?? 0) + 1;
  }

  /** More text of the event before. Returns its bin. */
  addText(t: number, chars: number, text: boolean): number {
    const at = Math.max(0, t);
    while (at >= BINS * this.width) this.#halve();
    const bin = Math.floor(at / this.width);
    this.chars[bin] = (this.chars[bin] ?? 0) + chars;
    if (text) this.texts[bin] = (this.texts[bin] ?? 0) + 1;
    return bin;
  }

  /** Sums over `[from, to)` milliseconds, rounded to whole bins. */
  sum(from: number, to: number): { chars: number; events: number; texts: number } {
    const sum = { chars: 0, events: 0, texts: 0 };
    const last = Math.min(BINS, Math.max(Math.ceil(to / this.width), Math.floor(from / this.width) + 1));
    for (let i = Math.max(0, Math.floor(from / this.width)); i < last; i++) {
      sum.chars += this.chars[i] ?? 0;
      sum.events += this.events[i] ?? 0;
      sum.texts += this.texts[i] ?? 0;
    }
    return sum;
  }

  #halve(): void {
    for (const column of [this.chars, this.events, this.texts]) {
      for (let i = 0; i < BINS / 2; i++) column[i] = (column[2 * i] ?? 0) + (column[2 * i + 1] ?? 0);
      column.fill(0, BINS / 2);
    }
    this.width *= 2;
  }
}
