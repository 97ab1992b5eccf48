import type { Repo } from '../../../preload/contract/scanner.ts';
import { getApi } from '../../host/api.ts';
import { useAction } from '../../host/use-action.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { AddRepositoryDialog } from './add-repository-dialog.tsx';
import { MarkDialog } from './mark-dialog.tsx';
import { messages } from './messages.ts';
import { chooseRepo, closeDialog, type ScannerDialog, useScannerView } from './scanner-view.ts';

/** Whichever dialog is open. */
export function ScannerDialogs({ repos }: { repos: readonly Repo[] }) {
  const dialog = useScannerView((view) => view.dialog);
  if (!dialog) return null;
  if (dialog.kind === 'add') return <AddRepositoryDialog onClose={closeDialog} />;
  if (dialog.kind === 'mark') return <MarkDialog findings={dialog.findings} onClose={closeDialog} />;
  if (dialog.kind === 'trust') return <Trust dialog={dialog} />;
  const repo = repos.find(({ id }) => id === dialog.repoId);
  return repo ? <Remove repo={repo} /> : null;
}

function Trust({ dialog }: { dialog: Extract<ScannerDialog, { kind: 'trust' }> }) {
  const text = messages.trust;
  const { busy, error, run } = useAction(async () => {
    await getApi()['scanner.start']({ repoIds: dialog.repoIds, profile: dialog.profile, trust: true });
    closeDialog();
  });
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={closeDialog}
      title={text.title(dialog.repoIds.length)}
      description={text.text}
      confirm={text.confirm}
      onConfirm={() => void run()}
      busy={busy}
      error={error}
    />
  );
}

function Remove({ repo }: { repo: Repo }) {
  const text = messages.repos;
  const { busy, error, run } = useAction(async () => {
    await getApi()['scanner.remove']({ repoId: repo.id });
    chooseRepo(null);
    closeDialog();
  });
  return (
    <ConfirmDialog
      open
      onClose={closeDialog}
      title={text.removeTitle(repo.name)}
      description={text.removeText}
      confirm={text.removeConfirm}
      onConfirm={() => void run()}
      busy={busy}
      error={error}
    />
  );
}
