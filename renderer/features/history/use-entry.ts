// The selected request, also when the present search does not hold it (it was opened from elsewhere).
import { useQuery } from '@tanstack/react-query';
import { getApi } from '../../host/api.ts';
import { queryClient } from '../../host/queries.ts';
import type { Entry } from './join-pages.ts';

export function useEntry(id: string | null, rows: readonly Entry[]): Entry | undefined {
  const listed = rows.find((row) => row.id === id);
  const { data } = useQuery(
    {
      queryKey: ['history', 'entry', id],
      queryFn: ({ signal }) => getApi()['history.get']({ id: id ?? '' }, { signal }),
      enabled: id !== null && !listed,
    },
    queryClient,
  );
  if (listed) return listed;
  return data && data.id === id ? { ...data, snippet: null } : undefined;
}
