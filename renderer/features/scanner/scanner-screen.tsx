import { FolderPlus, ScanSearch } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { FindingFilter, Repo, ScannerState } from '../../../preload/contract/scanner.ts';
import { errorText } from '../../host/api.ts';
import { useIntent } from '../../host/navigation.ts';
import { useScanner } from '../../host/scanner.ts';
import { useFocusOnShow } from '../../host/use-focus-on-show.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FixedRowListHandle } from '../../ui/fixed-row-list.tsx';
import { Pane } from '../../ui/pane.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { FilterBar } from './filter-bar.tsx';
import { FindingDetail } from './finding-detail.tsx';
import { FindingsTable } from './findings-table.tsx';
import { messages } from './messages.ts';
import { Clean, ScanIssues } from './scan-result.tsx';
import { startScan } from './scanner-actions.ts';
import { ScannerDialogs } from './scanner-dialogs.tsx';
import { clearFilter, isFiltered, openDialog, showKnownKey, useScannerView } from './scanner-view.ts';
import { TitleRow } from './title-row.tsx';
import { useFindings } from './use-findings.ts';
import { useFolderDrop } from './use-folder-drop.ts';
import { useScannerCommands } from './use-scanner-commands.ts';

/** Typing is not searched letter by letter. */
const SETTLE_MS = 150;

/** Repositories, findings and the selected one. Scans go on when another screen is shown. */
export function ScannerScreen() {
  const state = useScanner();
  const { over, handlers } = useFolderDrop();
  useIntent('showFindings', ({ keyName }) => showKnownKey(keyName));
  if (!state) return null;
  return (
    <div {...handlers} className="relative flex h-full min-h-0 flex-col">
      {state.repos.length === 0 ? <NoRepository /> : <Findings state={state} />}
      {over && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-1 rounded-lg border-2 border-dashed border-accent bg-selected/60"
        />
      )}
      <ScannerDialogs repos={state.repos} />
    </div>
  );
}

function NoRepository() {
  const pane = useRef<HTMLElement>(null);
  useFocusOnShow(true, () => pane.current?.focus());
  return (
    <Pane ref={pane} label={messages.title} className="flex-1 bg-panel">
      <EmptyState
        icon={ScanSearch}
        title={messages.empty.title}
        text={
          <>
            {messages.empty.text} {messages.empty.drop}
          </>
        }
        actions={
          <Button variant="primary" icon={FolderPlus} onClick={() => openDialog({ kind: 'add' })}>
            {messages.empty.add}
          </Button>
        }
      />
    </Pane>
  );
}

function Findings({ state }: { state: ScannerState }) {
  const { repoId, filter, text, order, findingId } = useScannerView();
  const chosen =
    state.repos.find(({ id }) => id === repoId) ?? (state.repos.length === 1 ? state.repos[0] : undefined);
  const repos = chosen ? [chosen] : state.repos;
  const runs = state.runs.filter((run) => repos.some(({ id }) => id === run.repoId));
  const words = useDebounced(text.trim(), SETTLE_MS);
  const wire = useMemo<FindingFilter>(
    () => ({ ...filter, text: words, repoId: chosen?.id ?? null }),
    [filter, words, chosen?.id],
  );
  const findings = useFindings(wire, order);
  const list = useRef<FixedRowListHandle>(null);
  const pane = useRef<HTMLElement>(null);
  const action = useRef<HTMLButtonElement>(null);
  const at = findingId === null ? 0 : findings.indexOf(findingId);
  const selected = findings.row(Math.max(0, at));
  useScannerCommands({ repos, runs, selected, filter: wire, name: chosen?.name ?? messages.title });
  useFocusOnShow(!findings.pending, () => (list.current ?? pane.current)?.focus());

  const body = () => {
    if (findings.error && findings.total === 0)
      return (
        <EmptyState
          title={messages.result.failed}
          text={errorText(findings.error)}
          actions={<Button onClick={findings.reload}>{messages.result.tryAgain}</Button>}
        />
      );
    if (findings.pending) return null;
    if (findings.total > 0)
      return (
        <FindingsTable
          ref={list}
          findings={findings}
          showRepo={!chosen}
          onOpen={() => action.current?.focus()}
        />
      );
    return <Nothing repos={repos} chosen={chosen} running={runs.length > 0} />;
  };

  const listPane = (
    <Pane ref={pane} label={messages.table.label} className="flex flex-1 flex-col bg-panel">
      {body()}
    </Pane>
  );
  return (
    <>
      <Pane label={messages.title} className="shrink-0">
        <TitleRow repos={repos} runs={runs} all={!chosen} />
        {chosen?.lastScan && runs.length === 0 && (
          <ScanIssues key={chosen.lastScan.at} last={chosen.lastScan} />
        )}
        <FilterBar
          facets={findings.facets}
          total={findings.total}
          filter={wire}
          name={chosen?.name ?? messages.title}
        />
      </Pane>
      {findings.total === 0 ? (
        listPane
      ) : (
        <SplitPane
          id="scanner.main"
          orientation="vertical"
          className="min-h-0 flex-1"
          panes={[
            { id: 'findings', size: '50%', min: 120, content: listPane },
            {
              id: 'details',
              size: '50%',
              min: 120,
              content: (
                <Pane label={messages.detail.label} className="flex-1 bg-panel">
                  {selected ? (
                    <FindingDetail key={selected.id} row={selected} actionRef={action} />
                  ) : (
                    <p className="p-4 text-sm text-muted">{messages.detail.none}</p>
                  )}
                </Pane>
              ),
            },
          ]}
        />
      )}
    </>
  );
}

/** No row: never scanned, all filtered away, or truly clean. */
function Nothing(props: { repos: readonly Repo[]; chosen: Repo | undefined; running: boolean }) {
  const { repos, chosen, running } = props;
  const { filter, text, profile } = useScannerView();
  if (isFiltered(filter, text))
    return (
      <EmptyState
        title={messages.result.noMatch}
        actions={<Button onClick={clearFilter}>{messages.result.clear}</Button>}
      />
    );
  if (running) return null;
  const last = chosen?.lastScan;
  if (last?.state === 'done' && last.counts) return <Clean last={last} />;
  if (repos.some((repo) => repo.lastScan?.state === 'done'))
    return <EmptyState title={messages.result.noOpen} text={messages.result.noOpenText} />;
  return (
    <EmptyState
      icon={ScanSearch}
      title={messages.empty.neverTitle}
      text={messages.empty.neverText}
      actions={
        <Button variant="primary" onClick={() => void startScan(repos, profile)}>
          {chosen ? messages.scan.start : messages.scan.startAll}
        </Button>
      }
    />
  );
}
