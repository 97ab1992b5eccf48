// What the Keys screen shows of itself: selection, filter, open dialog. Never a secret: those stay in the DOM field
// they are typed into and go from there straight to core.
import { create } from 'zustand';

export type KeysDialog =
  | { kind: 'add'; provider: string | null }
  | { kind: 'replace'; id: string }
  | { kind: 'remove'; id: string }
  | { kind: 'vault' };

interface KeysView {
  selectedId: string | null;
  filter: string;
  /** Provider id chosen in the sidebar; `null` is all. */
  provider: string | null;
  /** Key whose name is being edited in the table. */
  renamingId: string | null;
  dialog: KeysDialog | null;
  /** Keys with a check in flight. */
  checking: ReadonlySet<string>;
}

export const useKeysStore = create<KeysView>()(() => ({
  selectedId: null,
  filter: '',
  provider: null,
  renamingId: null,
  dialog: null,
  checking: new Set(),
}));

const set = useKeysStore.setState;

export const selectKey = (id: string | null) => set({ selectedId: id });
export const setFilter = (filter: string) => set({ filter });
export const setProvider = (provider: string | null) => set({ provider });
export const startRename = (id: string) => set({ selectedId: id, renamingId: id });
export const endRename = () => set({ renamingId: null });
export const openDialog = (dialog: KeysDialog) => set({ dialog });
export const closeDialog = () => set({ dialog: null });

/** Marks a check as running until the promise it wraps has settled. */
export async function whileChecking<T>(id: string, check: () => Promise<T>): Promise<T> {
  set(({ checking }) => ({ checking: new Set(checking).add(id) }));
  try {
    return await check();
  } finally {
    set(({ checking }) => {
      const rest = new Set(checking);
      rest.delete(id);
      return { checking: rest };
    });
  }
}

/** Opens the add dialog, for a provider if one is meant. */
export const openAddKey = (provider?: string) => openDialog({ kind: 'add', provider: provider ?? null });

/** Selects a key and clears whatever filter could hide it. */
export const showKey = (id: string) => set({ selectedId: id, filter: '', provider: null });
