import { useQuery } from '@tanstack/react-query';
import { getApi } from '../../host/api.ts';
import { queryClient } from '../../host/queries.ts';
import { useAction } from '../../host/use-action.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { askDelete, selectEntry, useHistoryView } from './history-view.ts';
import { messages } from './messages.ts';

const text = messages.remove;

/** Asks before one request, or all of them, are deleted. */
export function DeleteDialogs({ onDeleted }: { onDeleted: (id: string) => void }) {
  const deleting = useHistoryView((view) => view.deleting);
  if (deleting === null) return null;
  return deleting === 'all' ? (
    <DeleteAll />
  ) : (
    <DeleteOne key={deleting.id} {...deleting} onDeleted={onDeleted} />
  );
}

function DeleteOne({ id, name, onDeleted }: { id: string; name: string; onDeleted: (id: string) => void }) {
  return (
    <Ask
      title={text.title}
      description={text.text(name || messages.list.untitled)}
      confirm={text.confirm}
      act={async () => {
        await getApi()['history.delete']({ id });
        onDeleted(id);
        return text.done;
      }}
    />
  );
}

function DeleteAll() {
  // How many there are in all, whatever the present search shows.
  const count = useQuery(
    {
      queryKey: ['history', 'count'],
      queryFn: ({ signal }) => getApi()['history.list']({ limit: 1 }, { signal }),
    },
    queryClient,
  );
  const total = count.data?.total ?? null;
  return (
    <Ask
      title={text.allTitle}
      description={text.allText(total)}
      confirm={text.allConfirm(total)}
      act={async () => {
        const { deleted } = await getApi()['history.deleteAll']({});
        selectEntry(null);
        return text.allDone(deleted);
      }}
    />
  );
}

function Ask(props: { title: string; description: string; confirm: string; act: () => Promise<string> }) {
  const { title, description, confirm, act } = props;
  const { busy, error, run } = useAction(async () => {
    toast({ title: await act() });
    askDelete(null);
  });
  return (
    <ConfirmDialog
      open
      onClose={() => askDelete(null)}
      title={title}
      description={description}
      confirm={confirm}
      onConfirm={() => void run()}
      busy={busy}
      error={error}
    />
  );
}
