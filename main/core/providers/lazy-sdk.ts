// Each SDK costs 80 to 170 ms and up to 30 MB to import (measured, Node 24), so none is loaded at start.

/** Imports once, on first use. A failed import is tried again by the next call. */
export function lazySdk<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
