import { FolderGit2, Layers, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Repo, Run } from '../../../preload/contract/scanner.ts';
import { useScanner } from '../../host/scanner.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { messages } from './messages.ts';
import { RepoState } from './repo-state.tsx';
import { ScanBar } from './scan-bar.tsx';
import { chooseRepo, openDialog, useScannerView } from './scanner-view.ts';

const text = messages.repos;

/** The repositories, what was found in each, and which are being scanned. */
export function ScannerSidebar() {
  const state = useScanner();
  const chosen = useScannerView((view) => view.repoId);
  const repos = state?.repos ?? [];
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-9 shrink-0 items-center gap-1 pr-2 pl-3">
        <span className="flex-1 text-sm font-semibold text-fg">{text.title}</span>
        <IconButton icon={Plus} size="sm" label={text.add} onClick={() => openDialog({ kind: 'add' })} />
      </header>
      <ul className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-2">
        {repos.length > 1 && (
          <Item
            active={chosen === null}
            onClick={() => chooseRepo(null)}
            icon={<Layers size={14} aria-hidden="true" className="shrink-0 text-muted" />}
            name={text.all}
          />
        )}
        {repos.map((repo) => (
          <Item
            key={repo.id}
            active={chosen === repo.id || repos.length === 1}
            onClick={() => chooseRepo(repo.id)}
            icon={<FolderGit2 size={14} aria-hidden="true" className="shrink-0 text-muted" />}
            name={repo.name}
            title={repo.path}
            trailing={<RepoState repo={repo} run={runOf(state?.runs, repo)} />}
            below={<Running run={runOf(state?.runs, repo)} name={repo.name} />}
          />
        ))}
      </ul>
    </div>
  );
}

const runOf = (runs: readonly Run[] | undefined, repo: Repo) =>
  runs?.find(({ repoId }) => repoId === repo.id);

function Running({ run, name }: { run: Run | undefined; name: string }) {
  if (!run || run.phase === 'waiting') return null;
  return <ScanBar run={run} name={name} className="mx-1.5 mb-1" />;
}

function Item(props: {
  active: boolean;
  onClick: () => void;
  icon: ReactNode;
  name: string;
  title?: string;
  trailing?: ReactNode;
  below?: ReactNode;
}) {
  const { active, onClick, icon, name, title, trailing, below } = props;
  return (
    <li>
      <button
        type="button"
        aria-pressed={active}
        title={title}
        onClick={onClick}
        className={cx(
          'flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-left text-sm',
          active ? 'bg-selected text-fg' : 'text-muted hover:bg-hover hover:text-fg',
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {trailing}
      </button>
      {below}
    </li>
  );
}
