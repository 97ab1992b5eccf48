import { useQuery } from '@tanstack/react-query';
import { CornerLeftUp, Folder, FolderGit2 } from 'lucide-react';
import { useState } from 'react';
import type { FolderEntry } from '../../../preload/contract/scanner.ts';
import { errorText, getApi } from '../../host/api.ts';
import { queryClient } from '../../host/queries.ts';
import { useAction } from '../../host/use-action.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { FixedRowList } from '../../ui/fixed-row-list.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { addRepository } from './add-repository.ts';
import { messages } from './messages.ts';

const text = messages.add;

/** Type a path or walk there. The same in every shell: a browser knows no folder dialog that tells a path. */
export function AddRepositoryDialog({ onClose }: { onClose: () => void }) {
  const [path, setPath] = useState('');
  /** The folder that is listed; `null`: where core begins. */
  const [at, setAt] = useState<string | null>(null);
  const { data, error } = useQuery(
    {
      queryKey: ['folders', at],
      queryFn: ({ signal }) => getApi()['scanner.browse']({ path: at }, { signal }),
      staleTime: 0,
      placeholderData: (old) => old,
    },
    queryClient,
  );
  const chosen = path.trim() || data?.path || '';
  const add = useAction(async () => {
    await addRepository(chosen);
    onClose();
  });
  const go = (to: string) => {
    setAt(to);
    setPath(to);
    add.reset();
  };
  const rows = data ? listed(data.parent, data.entries) : [];
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title}
      description={text.text}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={add.busy || chosen === ''} onClick={() => void add.run()}>
            {add.busy ? text.busy : text.confirm}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void add.run();
        }}
      >
        <Field label={text.path} help={text.pathHelp} error={add.error}>
          <TextField
            mono
            value={path}
            placeholder={data?.path}
            onChange={(next) => {
              setPath(next);
              add.reset();
            }}
          />
        </Field>
        {error && !data ? (
          <p role="alert" className="text-sm text-danger">
            {errorText(error)}
          </p>
        ) : (
          <FixedRowList
            label={text.list}
            count={rows.length}
            rowHeight={28}
            rowKey={(index) => rows[index]?.path ?? index}
            onActiveChange={(index) => setPath(rows[index]?.path ?? '')}
            onOpen={(index) => go(rows[index]?.path ?? '')}
            className="h-56 rounded-md border border-line"
            row={(index) => {
              const row = rows[index];
              return row && <FolderRow row={row} />;
            }}
          />
        )}
        {data?.cut && <p className="text-xs text-muted">{text.cut}</p>}
      </form>
    </Dialog>
  );
}

interface Listed {
  path: string;
  name: string;
  kind: 'up' | 'folder' | 'repository';
}

const listed = (parent: string | null, entries: readonly FolderEntry[]): Listed[] => [
  ...(parent === null ? [] : [{ path: parent, name: text.up, kind: 'up' as const }]),
  ...entries.map(({ path, name, repository }) => ({
    path,
    name,
    kind: repository ? ('repository' as const) : ('folder' as const),
  })),
];

function FolderRow({ row }: { row: Listed }) {
  const Icon = row.kind === 'up' ? CornerLeftUp : row.kind === 'repository' ? FolderGit2 : Folder;
  return (
    <span className="flex h-7 items-center gap-2 px-2 text-sm">
      <Icon
        aria-hidden="true"
        className={`size-3.5 shrink-0 ${row.kind === 'repository' ? 'text-accent' : 'text-subtle'}`}
      />
      <span className="min-w-0 flex-1 truncate text-fg">{row.name}</span>
      {row.kind === 'repository' && <span className="text-xs text-muted">{text.repository}</span>}
    </span>
  );
}
