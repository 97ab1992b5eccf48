// The rows of the event list, without React: a fixed pool of elements whose text is set anew as the list moves. At
// 1,000 events a second every row in view is another one ten times a second; made through React that alone cost more
// than half a core (measured), so here only text that differs is written and no element is made or moved.
import type { EventRow } from './event-columns.ts';
import { messages } from './messages.ts';

export const ROW_HEIGHT = 24;

interface Slot {
  element: HTMLElement;
  cells: Text[];
  /** What the cells say; also class names. */
  shown: string[];
}

export interface RowsView {
  count: number;
  /** Position of the row under the keyboard; -1: none. */
  cursor: number;
  /** Pixels scrolled and pixels in view. */
  top: number;
  height: number;
}

export class EventRows {
  readonly #sizer: HTMLElement;
  readonly #window: HTMLElement;
  readonly #read: (position: number) => EventRow;
  readonly #id: string;
  readonly #slots: Slot[] = [];
  #first = -1;
  #count = -1;

  /** Rows go into `scroller`; `id` begins the ids of the rows, `read` gives the row at a position. */
  constructor(scroller: HTMLElement, id: string, read: (position: number) => EventRow) {
    this.#id = id;
    this.#read = read;
    this.#sizer = scroller.appendChild(document.createElement('div'));
    this.#sizer.className = 'event-sizer';
    this.#window = this.#sizer.appendChild(document.createElement('div'));
    for (const element of [this.#sizer, this.#window]) element.setAttribute('role', 'presentation');
  }

  rowId = (position: number): string => `${this.#id}-${position}`;

  draw({ count, cursor, top, height }: RowsView): void {
    const first = Math.max(0, Math.floor(top / ROW_HEIGHT));
    const last = Math.min(count, Math.ceil((top + height) / ROW_HEIGHT) + 1);
    if (count !== this.#count) {
      this.#count = count;
      this.#sizer.style.height = `${count * ROW_HEIGHT}px`;
    }
    if (first !== this.#first) {
      this.#first = first;
      this.#window.style.transform = `translateY(${first * ROW_HEIGHT}px)`;
    }
    for (let i = 0; i < last - first; i++) {
      const slot = this.#slots[i] ?? this.#newSlot();
      this.#fill(slot, first + i, cursor);
    }
    for (const slot of this.#slots.splice(Math.max(0, last - first))) slot.element.remove();
  }

  dispose(): void {
    this.#sizer.remove();
  }

  #newSlot(): Slot {
    const element = document.createElement('div');
    element.setAttribute('role', 'option');
    const cells = Array.from({ length: 4 }, () => {
      const cell = element.appendChild(document.createElement('span'));
      return cell.appendChild(document.createTextNode(''));
    });
    this.#window.append(element);
    const slot = { element, cells, shown: [] };
    this.#slots.push(slot);
    return slot;
  }

  #fill(slot: Slot, position: number, cursor: number): void {
    const row = this.#read(position);
    const gap = `${row.late ? '▲ ' : ''}+${Math.round(row.gap)}`;
    const next = [
      String(row.index),
      gap,
      row.name || 'message',
      brief(row),
      position === cursor ? 'event-row event-row-current' : 'event-row',
      row.late ? 'event-gap event-gap-late' : 'event-gap',
      `event-name event-name-${tone(row)}`,
      String(position),
    ];
    for (const [i, text] of next.entries()) {
      if (slot.shown[i] !== text) write(slot, i, text, this.rowId(position), row);
    }
    slot.shown = next;
  }
}

function write(slot: Slot, part: number, text: string, id: string, row: EventRow): void {
  const cell = slot.cells[part];
  if (cell) cell.data = text;
  else if (part === 4) {
    slot.element.className = text;
    slot.element.setAttribute('aria-selected', String(text !== 'event-row'));
  } else if (part === 7) slot.element.id = id;
  else {
    const holder = slot.cells[part === 5 ? 1 : 2]?.parentElement;
    if (holder) holder.className = text;
    if (holder && part === 5) holder.title = row.late ? messages.lateGap(row.gap) : '';
  }
}

// Where the data begins by repeating the event's name, as Anthropic's and OpenAI's Responses do, what follows is worth
// the room. The opened event shows all.
function brief({ name, preview }: EventRow): string {
  const repeated = `{"type":"${name}",`;
  return name && preview.startsWith(repeated) ? `{${preview.slice(repeated.length)}` : preview;
}

function tone(row: EventRow): string {
  if (row.name === 'error') return 'error';
  if (row.name === 'ping') return 'quiet';
  return row.lane === null ? 'control' : 'text';
}
