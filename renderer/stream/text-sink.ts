// The plain view of an answer: one section per run of text, nothing interpreted.
import type { Lane } from '../../preload/contract/requests.ts';
import { laneLabel } from './messages.ts';
import type { OutputSink } from './pane.ts';
import { PlainSection } from './plain-section.ts';

export interface SinkOptions {
  /** Sections go into this element. */
  root: HTMLElement;
  /** Blinks behind the last character while the answer streams; `null` for a stored one. */
  caret: HTMLElement | null;
  /** Called after each write, in the write phase of a frame. */
  onWrite: () => void;
}

export class TextSink implements OutputSink {
  readonly #options: SinkOptions;
  #lane: Lane | null = null;
  #section: PlainSection | null = null;

  constructor(options: SinkOptions) {
    this.#options = options;
  }

  write(lane: Lane, text: string): void {
    if (!this.#section || lane !== this.#lane) {
      this.#lane = lane;
      this.#section = new PlainSection(openLane(this.#options.root, lane), this.#options.caret);
    }
    this.#section.write(text);
    this.#options.onWrite();
  }

  end(): void {
    this.#options.caret?.remove();
  }
}

/** A section for one run of text; every lane but the answer's own says what it is. */
export function openLane(root: HTMLElement, lane: Lane): HTMLElement {
  const section = document.createElement('div');
  section.className = `output-lane output-lane-${lane}`;
  if (lane !== 'text') {
    const label = document.createElement('div');
    label.className = 'output-lane-label';
    label.textContent = laneLabel[lane];
    section.append(label);
  }
  root.append(section);
  return section;
}
