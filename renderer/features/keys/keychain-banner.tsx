import type { KeychainStatus } from '../../../preload/contract/keys.ts';
import { Banner, type BannerTone } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { openDialog } from './keys-store.ts';
import { messages } from './messages.ts';
import { useProbe } from './use-probe.ts';

const text = messages.banner;

const TONES: Record<Exclude<KeychainStatus['state'], 'ready' | 'probing'>, BannerTone> = {
  locked: 'warn',
  'no-service': 'warn',
  'no-bus': 'warn',
  hung: 'danger',
  crashed: 'danger',
  denied: 'danger',
  missing: 'warn',
};

/** One banner per state of the keychain, with what is so and what to do. Rows below stay in any state. */
export function KeychainBanner({ status, hasVaultKeys }: { status: KeychainStatus; hasVaultKeys: boolean }) {
  const { probing, unlocks, probe } = useProbe(status);
  const { state } = status;
  const vaultLocked = hasVaultKeys && status.vault === 'locked';
  return (
    <>
      {state !== 'ready' && state !== 'probing' && (
        <Banner
          tone={TONES[state]}
          title={status.text}
          actions={
            <Button size="sm" disabled={probing} onClick={probe}>
              {probing ? (unlocks ? text.unlocking : text.probing) : unlocks ? text.unlock : text.probe}
            </Button>
          }
        >
          {status.remedy}
        </Banner>
      )}
      {vaultLocked && (
        <Banner
          tone="warn"
          title={text.vaultLocked}
          actions={
            <Button size="sm" onClick={() => openDialog({ kind: 'vault' })}>
              {text.vaultUnlock}
            </Button>
          }
        >
          {text.vaultLockedText}
        </Banner>
      )}
    </>
  );
}
