import {
  CircleDot,
  Database,
  Lock,
  LockOpen,
  type LucideIcon,
  ScanSearch,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app.ts';
import { useKeys } from '../host/keys.ts';
import { useNavigation } from '../host/navigation.ts';
import { useProviders } from '../host/providers.ts';
import { useScanner } from '../host/scanner.ts';
import { useAppStatus } from '../host/status.ts';
import { ProviderBadge } from '../ui/badge.tsx';
import { cx } from '../ui/cx.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { messages } from './messages.ts';

/** 24 px of what is so just now; each part opens the screen it is about. */
export function StatusBar() {
  const status = useAppStatus();
  const keys = useKeys();
  const providers = useProviders();
  const navigation = useNavigation();
  const demo = providers.find((one) => one.demo);
  const keysKnown = status !== null && providers.length > 0;
  return (
    <footer
      data-pane=""
      tabIndex={-1}
      className="flex h-6 shrink-0 items-stretch gap-1 overflow-hidden px-1.5 [box-shadow:inset_0_1px_0_var(--color-line)] text-2xs text-muted"
    >
      <h2 className="sr-only">{messages.statusBar}</h2>
      {status && <KeychainPart status={status} onClick={() => navigation.showSettings('keychain')} />}
      {status && status.inFlight > 0 && (
        <Part icon={CircleDot} iconClass="text-accent" onClick={() => navigation.go('explorer')}>
          {messages.inFlight(status.inFlight)}
        </Part>
      )}
      {status && status.database.state !== 'ok' && (
        <Part
          icon={Database}
          tone="text-danger"
          title={`${status.database.problem} ${status.database.remedy}`}
          onClick={() => navigation.go('history')}
        >
          {messages.database[status.database.state]}
        </Part>
      )}
      <ScannerPart />
      <span className="flex-1" />
      {keysKnown && keys.length === 0 && demo && (
        <Part
          leading={<ProviderBadge letter={demo.letter} accent={demo.accent} className="size-4!" />}
          title={messages.demoOnlyHint}
          onClick={() => navigation.addKey()}
        >
          {messages.demoOnly}
        </Part>
      )}
    </footer>
  );
}

/** A scan that runs, and keys of this app that were found in a repository. */
function ScannerPart() {
  const scanner = useScanner();
  const navigation = useNavigation();
  if (!scanner) return null;
  const [run] = scanner.runs;
  const leaked = scanner.keys.length;
  return (
    <>
      {run && (
        <Part icon={ScanSearch} iconClass="text-accent" onClick={() => navigation.go('scanner')}>
          {messages.scanning(run.share, scanner.runs.length)}
        </Part>
      )}
      {leaked > 0 && (
        <Part
          icon={TriangleAlert}
          tone="text-danger"
          title={messages.leakedHint}
          onClick={() => navigation.go('scanner')}
        >
          {messages.leaked(leaked)}
        </Part>
      )}
    </>
  );
}

function KeychainPart({ status, onClick }: { status: AppStatus; onClick: () => void }) {
  const { state, text, remedy, memoryAllowed, vault } = status.keychain;
  const title = [text, remedy].filter(Boolean).join(' ');
  if (state === 'ready')
    return (
      <Part icon={Lock} tone="text-success" title={title} onClick={onClick}>
        {messages.keychain.ready}
      </Part>
    );
  if (state === 'probing')
    return (
      <Part icon={Lock} title={title} onClick={onClick}>
        {messages.keychain.probing}
      </Part>
    );
  // With a fallback the app works; the bar says where the keys are instead.
  const fallback = vault === 'unlocked' ? messages.keysInVault : memoryAllowed ? messages.keysInMemory : null;
  return (
    <Part icon={fallback ? LockOpen : TriangleAlert} tone="text-warn" title={title} onClick={onClick}>
      {fallback ?? messages.keychain[state]}
    </Part>
  );
}

interface PartProps {
  icon?: LucideIcon;
  iconClass?: string;
  leading?: ReactNode;
  tone?: string;
  title?: string;
  onClick: () => void;
  children: ReactNode;
}

function Part({ icon: Icon, iconClass, leading, tone, title, onClick, children }: PartProps) {
  const button = (
    <button
      type="button"
      onClick={onClick}
      className={cx('flex items-center gap-1.5 rounded-sm px-1.5 whitespace-nowrap hover:bg-hover', tone)}
    >
      {leading}
      {Icon && <Icon size={13} aria-hidden="true" className={iconClass} />}
      {children}
    </button>
  );
  return title ? (
    <Tooltip content={title} side="top">
      {button}
    </Tooltip>
  ) : (
    button
  );
}
