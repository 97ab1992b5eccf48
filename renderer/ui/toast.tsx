// Short messages at the lower right. What draws them is a chunk of its own that the first message fetches.
import { lazy, Suspense } from 'react';
import { createStore, useStore } from 'zustand';

export interface ToastOptions {
  title: string;
  description?: string | undefined;
  /** Default `success`. All are announced politely; what must not be missed belongs into a banner. */
  tone?: 'success' | 'warn' | 'danger' | undefined;
  /** e.g. Undo. */
  action?: { label: string; run: () => void } | undefined;
  /** Milliseconds; default 6,000, `0` stays. */
  timeout?: number | undefined;
}

const loadLayer = () => import('./toast-layer.tsx');
const ToastLayer = lazy(async () => ({ default: (await loadLayer()).ToastLayer }));
const used = createStore<{ used: boolean }>(() => ({ used: false }));

/** Shows a message; returns what takes it away. Also usable outside of components. */
export function toast(options: ToastOptions): () => void {
  used.setState({ used: true });
  const shown = loadLayer().then(({ showToast }) => showToast(options));
  return () => void shown.then((close) => close());
}

/** Once inside `PortalProvider`: where the toasts are drawn. */
export function ToastViewport() {
  const isUsed = useStore(used, (state) => state.used);
  return <Suspense>{isUsed && <ToastLayer />}</Suspense>;
}
