import { Copy, ExternalLink, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ProviderInfo } from '../../../preload/contract/providers.ts';
import type { FindingDetail, FindingRow } from '../../../preload/contract/scanner.ts';
import { useKeys } from '../../host/keys.ts';
import { useNavigation } from '../../host/navigation.ts';
import { useProviders } from '../../host/providers.ts';
import { useScanner } from '../../host/scanner.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { messages } from './messages.ts';
import { openPage, startScan } from './scanner-actions.ts';
import { useScannerView } from './scanner-view.ts';

const text = messages.detail;

/** What to do about a leaked key, in this order: nothing but revoking makes it worthless. */
export function FindingSteps({ row, detail }: { row: FindingRow; detail: FindingDetail }) {
  const navigation = useNavigation();
  const profile = useScannerView((view) => view.profile);
  const repo = useScanner()?.repos.find(({ id }) => id === row.repoId);
  const keyProvider = useKeyProvider(row.key?.id);
  // No rule knows a stored key of no format; whose it is stands with the key.
  const revoke = detail.steps.revoke ?? (keyProvider?.keyUrl || null);
  const whose = detail.steps.revoke === null ? keyProvider?.name : row.provider;
  const { purge } = detail.steps;
  return (
    <section aria-label={text.steps} className="px-3 py-3">
      <h4 className="pb-2 text-xs font-medium text-muted">{text.steps}</h4>
      <ol className="flex flex-col gap-3">
        <Step n={1} title={text.revoke} help={text.revokeText}>
          {revoke ? (
            <Button size="sm" icon={ExternalLink} title={revoke} onClick={() => void openPage(revoke)}>
              {text.revokeOpen(whose ?? row.provider)}
            </Button>
          ) : (
            <p className="text-sm text-muted">{text.revokeUnknown}</p>
          )}
        </Step>
        <Step n={2} title={text.replace} help={text.replaceText}>
          {row.key ? (
            <Button size="sm" onClick={() => row.key && navigation.showKey(row.key.id)}>
              {text.replaceKey(row.key.name)}
            </Button>
          ) : (
            <Button size="sm" onClick={() => navigation.addKey()}>
              {text.addKey}
            </Button>
          )}
        </Step>
        <Step n={3} title={text.purge} help={purge ? text.purgeText : text.notCommitted}>
          {purge && (
            <>
              <Snippet label={text.copyCommand} code={purge.command} />
              <p className="text-xs text-muted">{text.purgeFile}</p>
              <Snippet label={text.copyFile} code={purge.replaceText} />
              <p className="text-xs text-muted">{purge.cannotUndo}</p>
            </>
          )}
        </Step>
        <Step n={4} title={text.rescan}>
          {repo && (
            <Button size="sm" icon={RotateCw} onClick={() => void startScan([repo], profile)}>
              {text.rescan}
            </Button>
          )}
        </Step>
      </ol>
    </section>
  );
}

/** Of a stored key. */
function useKeyProvider(keyId: string | undefined): ProviderInfo | undefined {
  const key = useKeys().find(({ id }) => id === keyId);
  return useProviders().find(({ id }) => id === key?.provider);
}

function Step(props: { n: number; title: string; help?: string; children?: ReactNode }) {
  const { n, title, help, children } = props;
  return (
    <li className="flex gap-2.5">
      <span
        aria-hidden="true"
        className="grid size-5 shrink-0 place-items-center rounded-full border border-line-strong font-mono text-2xs text-muted"
      >
        {n}
      </span>
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
        <p className="text-sm font-medium text-fg">{title}</p>
        {help && <p className="text-xs text-muted">{help}</p>}
        {children}
      </div>
    </li>
  );
}

function Snippet({ label, code }: { label: string; code: string }) {
  return (
    <div className="flex w-full min-w-0 items-start gap-1.5 rounded-md border border-line bg-input p-1.5">
      <code className="min-w-0 flex-1 font-mono text-xs leading-5 break-words whitespace-pre-wrap text-fg select-text">
        {code}
      </code>
      <Button size="sm" variant="ghost" icon={Copy} aria-label={label} onClick={() => copyText(code)} />
    </div>
  );
}
