import { useEffect, useRef, useState } from 'react';
import { useNavigation } from '../../host/navigation.ts';
import { useScanner } from '../../host/scanner.ts';
import { useCommands } from '../../ui/commands.ts';
import { messages } from './messages.ts';
import { openDialog } from './scanner-view.ts';

/** Adding a repository works from every screen, and so does hearing how far a scan is. */
export function ScannerBackground() {
  const navigation = useNavigation();
  useCommands([
    {
      id: 'scanner.add',
      group: messages.commands.group,
      title: messages.commands.add,
      run: () => {
        navigation.go('scanner');
        openDialog({ kind: 'add' });
      },
    },
  ]);
  return <Announcer />;
}

/** Progress is announced at 0, 25, 50, 75 and 100 % only. */
function Announcer() {
  const state = useScanner();
  const [said, setSaid] = useState('');
  const steps = useRef(new Map<string, number>());
  useEffect(() => {
    if (!state) return;
    const nameOf = (id: string) => state.repos.find((repo) => repo.id === id);
    const running = new Map(state.runs.map((run) => [run.repoId, run]));
    for (const { repoId, phase, share } of state.runs) {
      if (phase === 'waiting') continue;
      const step = Math.floor((share ?? 0) * 4) * 25;
      if (steps.current.get(repoId) === step) continue;
      steps.current.set(repoId, step);
      if (step < 100) setSaid(messages.scan.announce(step, nameOf(repoId)?.name ?? ''));
    }
    for (const repoId of [...steps.current.keys()]) {
      if (running.has(repoId)) continue;
      steps.current.delete(repoId);
      const repo = nameOf(repoId);
      if (repo?.lastScan?.state === 'done')
        setSaid(messages.scan.announceEnd(repo.name, repo.open.high + repo.open.medium + repo.open.low));
    }
  }, [state]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
