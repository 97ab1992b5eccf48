import { useQuery } from '@tanstack/react-query';
import { BellOff, KeyRound } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import type { FindingDetail as Detail, FindingRow } from '../../../preload/contract/scanner.ts';
import { errorText, getApi } from '../../host/api.ts';
import { useNavigation } from '../../host/navigation.ts';
import { queryClient } from '../../host/queries.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatDateTime } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { FindingContext } from './finding-context.tsx';
import { FindingSteps } from './finding-steps.tsx';
import { messages } from './messages.ts';
import { unmarkFindings } from './scanner-actions.ts';
import { openDialog } from './scanner-view.ts';
import { SeveritySign } from './severity-sign.tsx';

const text = messages.detail;

/** One finding: what it is, whose key, where it stands, and what to do. Never the secret itself. */
export function FindingDetail({ row, actionRef }: { row: FindingRow; actionRef: Ref<HTMLButtonElement> }) {
  const { data, error, isPending } = useQuery(
    {
      queryKey: ['findings', 'detail', row.id],
      queryFn: ({ signal }) => getApi()['scanner.finding']({ id: row.id }, { signal }),
      enabled: !row.provisional,
    },
    queryClient,
  );
  return (
    <div className="@container flex h-full min-h-0 flex-col overflow-y-auto">
      <Head row={row} detail={data} actionRef={actionRef} />
      {row.key && <KnownKey row={row} detail={data} />}
      {data && <FindingContext context={data.context} line={row.line} />}
      {!data && !row.provisional && isPending && (
        <p className="px-3 py-2">
          <Spinner label={text.loading} showLabel />
        </p>
      )}
      {error && !data && (
        <p role="alert" className="px-3 py-2 text-sm text-danger">
          {text.failed}: {errorText(error)}
        </p>
      )}
      {data && (
        <div className="grid shrink-0 gap-x-6 border-t border-line @3xl:grid-cols-2">
          <FindingSteps row={row} detail={data} />
          <Facts row={row} detail={data} />
        </div>
      )}
    </div>
  );
}

function Head(props: { row: FindingRow; detail: Detail | undefined; actionRef: Ref<HTMLButtonElement> }) {
  const { row, detail, actionRef } = props;
  return (
    <header className="flex shrink-0 flex-wrap items-start gap-x-3 gap-y-2 border-b border-line px-3 py-2">
      <div className="min-w-50 flex-1">
        <h3 className="flex flex-wrap items-center gap-x-2 text-base font-semibold text-fg">
          <SeveritySign severity={row.severity} word />
          <span className="select-text">{row.rule}</span>
          <span className="font-mono text-xs font-normal text-muted select-text">{row.masked}</span>
        </h3>
        <p className="text-sm text-muted">
          {row.provider}
          {detail && `: ${detail.description}`}
        </p>
        {row.mark && (
          <p className="mt-1 text-sm text-muted">
            <BellOff aria-hidden="true" className="mr-1.5 inline size-3.5" />
            {text.marked(row.mark.kind, row.mark.scope)}
            {row.mark.reason && `: ${row.mark.reason}`}
          </p>
        )}
      </div>
      {row.mark ? (
        <Button ref={actionRef} onClick={() => row.mark && void unmarkFindings([row], row.mark.scope)}>
          {text.unmark}
        </Button>
      ) : (
        <Button
          ref={actionRef}
          icon={BellOff}
          disabled={row.provisional}
          onClick={() => openDialog({ kind: 'mark', findings: [row] })}
        >
          {text.mark}
        </Button>
      )}
    </header>
  );
}

function KnownKey({ row, detail }: { row: FindingRow; detail: Detail | undefined }) {
  const navigation = useNavigation();
  if (!row.key) return null;
  const { id, name } = row.key;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-danger/40 bg-danger/8 px-3 py-2">
      <KeyRound aria-hidden="true" className="size-4 shrink-0 text-danger" />
      <p className="min-w-50 flex-1 text-sm text-fg">
        <span className="font-medium">{text.key(name)}</span>{' '}
        <span className="text-muted">
          {detail?.keyUse && text.keyUse(detail.keyUse.uses)}
          {detail?.keyUse?.lastUsedAt && ` Last on ${formatDateTime(detail.keyUse.lastUsedAt)}.`}
        </span>
      </p>
      <Button size="sm" onClick={() => navigation.showKey(id)}>
        {text.showKey}
      </Button>
    </div>
  );
}

function Facts({ row, detail }: { row: FindingRow; detail: Detail }) {
  const present = row.present === null ? text.presentUnknown : row.present ? text.presentYes : text.presentNo;
  return (
    <section aria-label={text.facts} className="px-3 py-3">
      <h4 className="pb-2 text-xs font-medium text-muted">{text.facts}</h4>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        <Fact label={text.file} mono>
          {row.path ? `${row.path}:${row.line}:${detail.column}` : messages.sources[row.source]}
        </Fact>
        <Fact label={messages.filter.source}>{messages.sources[row.source]}</Fact>
        {row.commit && (
          <Fact label={text.commit} mono>
            {row.commit}
          </Fact>
        )}
        {row.author && (
          <Fact label={text.author}>{detail.email ? `${row.author} <${detail.email}>` : row.author}</Fact>
        )}
        {row.at !== null && <Fact label={text.date}>{formatDateTime(row.at)}</Fact>}
        {row.commit && (
          <Fact label={text.refs} mono={detail.refs.length > 0}>
            {detail.refs.length > 0 ? detail.refs.join(', ') : text.noRefs}
          </Fact>
        )}
        <Fact label={text.present}>{present}</Fact>
        <Fact label={text.versions}>{formatCount(row.versions)}</Fact>
        {detail.oid && (
          <Fact label={text.object} mono>
            {detail.oid}
          </Fact>
        )}
        <Fact label={text.fingerprint} mono>
          {detail.fingerprint}
        </Fact>
        {detail.alsoIn.length > 0 && (
          <Fact label={text.alsoIn} mono>
            {detail.alsoIn.map((place) => (
              <span key={`${place.path}:${place.line}:${place.commit}`} className="block">
                {place.path}:{place.line}
              </span>
            ))}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ label, children, mono }: { label: string; children: ReactNode; mono?: boolean }) {
  return (
    <>
      <dt className="text-xs leading-5 text-subtle">{label}</dt>
      <dd className={`min-w-0 break-words text-fg select-text ${mono ? 'font-mono text-xs leading-5' : ''}`}>
        {children}
      </dd>
    </>
  );
}
