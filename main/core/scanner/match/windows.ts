// Where a rule's expression has to run: the surroundings of its anchors, joined where they overlap.

/** More places of anchors than this are not kept; a content full of them is searched byte by byte instead. */
const MOST_STARTS = 1 << 17;

export class Windows {
  /** Pairs of start and end, in order of start. */
  readonly spans: number[] = [];
  /** Where anchors begin; `null` when there are too many. Almost in order. */
  starts: number[] | null = [];

  /** `start` may be a little less than that of the window before, since anchors come in order of their ends. */
  add(start: number, end: number): void {
    const spans = this.spans;
    const last = spans.length - 1;
    if (last < 0 || start > spans[last]!) {
      spans.push(start, end);
      return;
    }
    if (start < spans[last - 1]!) spans[last - 1] = start;
    if (end > spans[last]!) spans[last] = end;
  }

  /** Of an anchor that a match begins with. */
  addStart(at: number): void {
    if (this.starts === null) return;
    if (this.starts.length < MOST_STARTS) this.starts.push(at);
    else this.starts = null;
  }
}
