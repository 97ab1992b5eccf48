// What can be done in the Scanner from the palette.
import type { FindingFilter, FindingRow, Repo, Run } from '../../../preload/contract/scanner.ts';
import { useCommands } from '../../ui/commands.ts';
import { messages } from './messages.ts';
import { exportFindings, startScan, stopScan } from './scanner-actions.ts';
import { openDialog, useScannerView } from './scanner-view.ts';

const text = messages.commands;
const FORMATS = ['sarif', 'json', 'csv'] as const;

/** Commands about what is shown; they exist while the Scanner is. */
export function useScannerCommands(shown: {
  repos: readonly Repo[];
  runs: readonly Run[];
  selected: FindingRow | undefined;
  filter: FindingFilter;
  name: string;
}): void {
  const { repos, runs, selected, filter, name } = shown;
  const profile = useScannerView((view) => view.profile);
  useCommands([
    {
      id: 'scanner.scan',
      group: text.group,
      title: repos.length === 1 ? text.scan : text.scanAll,
      keys: '$mod+Enter',
      hint: messages.profiles[profile],
      enabled: () => runs.length < repos.length,
      run: () => void startScan(repos, profile),
    },
    {
      id: 'scanner.stop',
      group: text.group,
      title: text.stop,
      enabled: () => runs.length > 0,
      run: () => {
        for (const run of runs) void stopScan(run.repoId);
      },
    },
    {
      id: 'scanner.mark',
      group: text.group,
      title: text.mark,
      enabled: () => selected !== undefined && !selected.provisional,
      run: () => selected && openDialog({ kind: 'mark', findings: [selected] }),
    },
    ...FORMATS.map((format) => ({
      id: `scanner.export.${format}`,
      group: text.group,
      title: text.export(messages.export.formats[format]),
      run: () => void exportFindings(format, filter, name),
    })),
  ]);
}
