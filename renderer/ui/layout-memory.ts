// Where split panes remember their sizes. The frame provides it; ui itself knows no storage.
import { createContext, use } from 'react';

/** Pixels for panes of fixed width, per cent for the others, by pane id. */
export type PaneSizes = Record<string, number>;

export interface LayoutMemory {
  read(id: string): PaneSizes | undefined;
  write(id: string, sizes: PaneSizes): void;
  /** Rises when sizes were changed from outside: split panes then begin anew with what `read` says. */
  epoch: number;
}

const FORGETFUL: LayoutMemory = { read: () => undefined, write: () => {}, epoch: 0 };

export const LayoutMemoryContext = createContext<LayoutMemory>(FORGETFUL);
export const useLayoutMemory = (): LayoutMemory => use(LayoutMemoryContext);
