// Where a rule's expression has to run: the surroundings of its anchors, joined where they overlap.

/** Starts and ends in turn, in order of start; ends lie after all that precedes them. */
export class Windows {
  /** Pairs of start and end. */
  readonly spans: number[] = [];

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
}
