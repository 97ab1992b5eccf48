import { ChevronDown, Play, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Repo, Run, ScanProfile } from '../../../preload/contract/scanner.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { messages } from './messages.ts';
import { ScanBar } from './scan-bar.tsx';
import { startScan, stopScan } from './scanner-actions.ts';
import { openDialog, setProfile, useScannerView } from './scanner-view.ts';

const text = messages.scan;
const PROFILES: readonly ScanProfile[] = ['history', 'worktree', 'staged'];

/** What is looked at, the Scan button with its profiles, and how far a running scan is. */
export function TitleRow({
  repos,
  runs,
  all,
}: {
  repos: readonly Repo[];
  runs: readonly Run[];
  all: boolean;
}) {
  const profile = useScannerView((view) => view.profile);
  const run = runs.find(({ phase }) => phase !== 'waiting') ?? runs[0];
  const running = run && repos.find(({ id }) => id === run.repoId);
  const one = all ? undefined : repos[0];
  const head = one?.lastScan?.head;
  return (
    <div className="@container flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1 pr-2 pl-3">
      <h3 className="min-w-0 truncate text-base font-semibold text-fg" title={one?.path}>
        {one?.name ?? messages.repos.all}
      </h3>
      {head && (
        <span className="truncate font-mono text-xs text-muted">
          {[head.ref, head.oid.slice(0, 7)].filter(Boolean).join('@')}
        </span>
      )}
      <span className="flex items-center">
        <Button
          icon={Play}
          className="rounded-r-none"
          disabled={runs.length >= repos.length}
          onClick={() => void startScan(repos, profile)}
        >
          {all && repos.length > 1 ? text.startAll : text.start}
        </Button>
        <Menu
          trigger={
            <IconButton
              icon={ChevronDown}
              label={`${text.choose}: ${messages.profiles[profile]}`}
              className="-ml-px rounded-l-none border border-line-strong bg-raised"
            />
          }
          groups={[
            {
              label: text.choose,
              items: PROFILES.map((one) => ({
                id: one,
                label: messages.profiles[one],
                hint: text.profileHelp[one],
                checked: one === profile,
                onSelect: () => setProfile(one),
              })),
            },
          ]}
        />
      </span>
      <span className="text-xs text-subtle">{messages.profiles[profile]}</span>
      {run && running ? (
        <Progress run={run} repo={running} named={all} />
      ) : (
        one && (
          <IconButton
            icon={Trash2}
            size="sm"
            className="ml-auto"
            label={messages.repos.remove(one.name)}
            onClick={() => openDialog({ kind: 'remove', repoId: one.id })}
          />
        )
      )}
    </div>
  );
}

function Progress({ run, repo, named }: { run: Run; repo: Repo; named: boolean }) {
  const [stopping, setStopping] = useState(false);
  const stop = async () => {
    setStopping(true);
    await stopScan(run.repoId);
    setStopping(false);
  };
  return (
    <div className="flex min-w-60 flex-1 items-center gap-3">
      {run.phase !== 'waiting' && <ScanBar run={run} name={repo.name} className="w-24 shrink-0 @3xl:w-40" />}
      <span className="min-w-0 flex-1 truncate text-xs text-muted tabular-nums">
        {[
          named && repo.name,
          text.progress(run),
          run.phase !== 'waiting' && text.left(run),
          run.findings > 0 && text.found(run.findings),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <Button size="sm" icon={Square} disabled={stopping} onClick={() => void stop()}>
        {stopping ? text.stopping : text.stop}
      </Button>
    </div>
  );
}
