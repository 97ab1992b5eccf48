// Reads over the bridge, kept until core says that they are stale.
import { QueryClient } from '@tanstack/react-query';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Core tells what changed (versions in app.status); nothing grows stale by itself.
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // The bridge is local: the browser's idea of being offline must not hold a read back.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
