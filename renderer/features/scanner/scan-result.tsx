import { ChevronDown, ChevronRight, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { LastScan } from '../../../preload/contract/scanner.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatBytes, formatCount, formatWhen } from '../../ui/format.ts';
import { useNow } from '../../ui/relative-time.tsx';
import { messages } from './messages.ts';

const text = messages.result;

/** What a reader must know before trusting the result: everything that was not read, and why. */
export function ScanIssues({ last }: { last: LastScan }) {
  const [open, setOpen] = useState(false);
  if (last.state === 'failed') return <Banner tone="danger" title={last.error} />;
  const serious = last.issues.filter(({ harmless }) => !harmless);
  const others = last.issues.filter(({ harmless }) => harmless);
  if (last.issues.length === 0) return null;
  const Chevron = open ? ChevronDown : ChevronRight;
  const [first] = serious.length > 0 ? serious : others;
  return (
    <Banner
      tone={serious.length > 0 ? 'warn' : 'info'}
      title={first?.text ?? ''}
      actions={
        last.issues.length > 1 && (
          <Button
            size="sm"
            variant="ghost"
            icon={Chevron}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {messages.many(last.issues.length - 1, 'more', 'more')}
          </Button>
        )
      }
    >
      {open && (
        <ul className="list-disc pl-4">
          {[...serious, ...others].slice(1).map((issue) => (
            <li key={issue.kind + issue.text}>{issue.text}</li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

/** Nothing was found: what was read, and when. */
export function Clean({ last }: { last: LastScan }) {
  const now = useNow();
  const trusted = last.issues.every(({ harmless }) => harmless);
  return (
    <EmptyState
      icon={trusted ? ShieldCheck : TriangleAlert}
      title={trusted ? text.clean(last) : text.notClean}
      text={
        <>
          {text.scanned(formatWhen(last.at, now))} · {text.cleanText(last)}
        </>
      }
      actions={<Counts last={last} />}
    />
  );
}

function Counts({ last }: { last: LastScan }) {
  const { counts } = last;
  if (!counts) return null;
  const rows = Object.entries(messages.counts)
    .map(([key, label]) => [key, label, counts[key as keyof typeof counts]] as const)
    .filter(([, , n]) => n > 0);
  return (
    <dl
      aria-label={text.counts}
      className="grid grid-cols-[auto_auto] gap-x-6 gap-y-1 text-left text-xs text-muted"
    >
      {rows.map(([key, label, n]) => (
        <div key={key} className="contents">
          <dt>{label}</dt>
          <dd className="text-right font-mono text-fg">
            {key === 'scannedBytes' ? formatBytes(n) : formatCount(n)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
