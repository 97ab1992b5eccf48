// Phase and figures of the answer in one line of mono; past responses at its right end.
import { History } from 'lucide-react';
import type { Pane } from '../../../stream/pane.ts';
import { usePane } from '../../../stream/use-pane.ts';
import { cx } from '../../../ui/cx.ts';
import { formatBytes, formatCount, formatMs, formatRate, formatWhen } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { showStored } from '../explorer-store.ts';
import { endText, messages, phaseText, spoken } from '../messages.ts';
import type { PastRun, Tab } from '../tabs.ts';
import { figures } from './figures.ts';
import { stateLook } from './state-look.ts';
import { useElapsed } from './use-elapsed.ts';

export function StatusLine({ tab, pane }: { tab: Tab; pane: Pane | null }) {
  return (
    <div className="@container flex h-8 shrink-0 items-center gap-4 overflow-hidden border-b border-line bg-raised pr-1.5 pl-3">
      {pane && <Figures pane={pane} />}
      <span className="ml-auto">
        <PastResponses tab={tab} />
      </span>
    </div>
  );
}

function Figures({ pane }: { pane: Pane }) {
  usePane(pane);
  const elapsed = useElapsed(pane);
  const { phase, end, ttft } = pane.facts;
  const [Icon, tone] = stateLook(end ? end.state : phase);
  const status = pane.facts.attempts.at(-1)?.head?.status;
  const { input, output, estimated, rateMs } = figures(pane, elapsed);
  const approx = estimated ? '~' : '';
  return (
    <>
      <span className={cx('flex shrink-0 items-center gap-1.5 text-sm', tone)}>
        <Icon size={14} aria-hidden="true" />
        {end ? endText[end.state] : phaseText[phase]}
        {end && status !== undefined && (end.state !== 'error' || status >= 400) && (
          <span className="font-mono text-xs">{status}</span>
        )}
      </span>
      <dl className="flex min-w-0 items-center gap-4 overflow-hidden text-2xs whitespace-nowrap text-subtle @max-[300px]:[&_dt]:sr-only">
        <Figure name={messages.ttft} value={formatMs(ttft)} className="hidden @min-[360px]:flex" />
        <Figure name={messages.elapsed} value={formatMs(elapsed)} className="flex" />
        <Figure
          name={messages.rate}
          value={output === null || rateMs === null ? '–' : `${approx}${formatRate(output, rateMs)}`}
          className="hidden @min-[430px]:flex"
        />
        <Figure
          name={messages.inOut}
          value={`${formatCount(input)} / ${output === null ? '–' : approx + formatCount(output)}`}
          {...(estimated ? { title: messages.estimated } : {})}
          className="hidden @min-[560px]:flex"
        />
      </dl>
      <span role="status" className="sr-only">
        {spoken(phase, end, end ? output : null)}
      </span>
    </>
  );
}

function Figure({
  name,
  value,
  className,
  title,
}: {
  name: string;
  value: string;
  className: string;
  title?: string;
}) {
  return (
    <div className={cx('items-baseline gap-1.5', className)} title={title}>
      <dt>{name}</dt>
      <dd className="font-mono text-xs text-fg">{value}</dd>
    </div>
  );
}

/** A good status whose stream then failed is no 200. */
function runWord({ state, status }: PastRun): string {
  if (status !== null && (state === 'complete' || status >= 400)) return String(status);
  return endText[state === 'streaming' ? 'interrupted' : state];
}

function PastResponses({ tab }: { tab: Tab }) {
  const label = messages.pastResponses;
  if (tab.runs.length === 0) return <IconButton icon={History} size="sm" label={messages.noPast} disabled />;
  const item = (run: PastRun) => ({
    id: run.id,
    label: (
      <span className="font-mono text-xs">
        {runWord(run)} · {formatMs(run.total)} · {formatBytes(run.bytes)}
      </span>
    ),
    hint: formatWhen(run.at, Date.now()),
    checked: run.id === tab.shown,
    onSelect: () => showStored(tab.id, run.id),
  });
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={History} size="sm" label={label} />}
      groups={[{ label, items: tab.runs.map(item) }]}
    />
  );
}
