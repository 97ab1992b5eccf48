import type { KeychainStatus, KeyInfo } from '../../../preload/contract/keys.ts';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { closeDialog, selectKey, showKey, useKeysStore } from './keys-store.ts';
import { RemoveKeyDialog } from './remove-key-dialog.tsx';
import { ReplaceKeyDialog } from './replace-key-dialog.tsx';
import { VaultDialog } from './vault-dialog.tsx';

/** Whichever dialog is open. A key that is gone by now closes its own. */
export function KeysDialogs(props: {
  keys: readonly KeyInfo[];
  providers: readonly ProviderInfo[];
  status: KeychainStatus;
}) {
  const { keys, providers, status } = props;
  const dialog = useKeysStore((view) => view.dialog);
  if (!dialog) return null;
  if (dialog.kind === 'vault') return <VaultDialog onClose={closeDialog} />;
  if (dialog.kind === 'add') {
    const [first, ...rest] = providers.filter(({ key }) => key !== 'none');
    if (!first) return null;
    return (
      <AddKeyDialog
        providers={[first, ...rest]}
        initial={dialog.provider}
        keys={keys}
        status={status}
        onClose={closeDialog}
        onAdded={(key) => {
          closeDialog();
          showKey(key.id);
        }}
      />
    );
  }
  const target = keys.find(({ id }) => id === dialog.id);
  if (!target) return null;
  if (dialog.kind === 'replace')
    return (
      <ReplaceKeyDialog
        target={target}
        provider={providers.find(({ id }) => id === target.provider)}
        onClose={closeDialog}
      />
    );
  return (
    <RemoveKeyDialog
      target={target}
      service={status.service}
      onClose={closeDialog}
      onRemoved={() => {
        const index = keys.indexOf(target);
        selectKey((keys[index + 1] ?? keys[index - 1])?.id ?? null);
        closeDialog();
      }}
    />
  );
}
