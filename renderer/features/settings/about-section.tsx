import { useQuery } from '@tanstack/react-query';
import { getApi } from '../../host/api.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { messages } from './messages.ts';

const text = messages.about;

/** What runs here, for looking and for reporting. */
export function AboutSection() {
  const { data: info, isError } = useQuery({
    queryKey: ['app.info'],
    queryFn: ({ signal }) => getApi()['app.info']({}, { signal }),
  });
  if (isError) return <p className="py-2 text-sm text-danger">{text.failed}</p>;
  if (!info) return <Spinner label={messages.sections.about} />;
  const rows: readonly (readonly [string, string])[] = [
    [text.version, info.version],
    [text.shell, text.shells[info.shell] ?? info.shell],
    [text.platform, info.platform],
    [text.node, info.node],
    [text.sqlite, info.sqlite],
    [text.dataDir, info.dataDir],
    [text.demoOrigin, info.demoOrigin],
    ...info.sdks.map(({ name, version }) => [name, version] as const),
  ];
  return (
    <dl className="py-1">
      {rows.map(([name, value]) => (
        <div key={name} className="flex min-h-7 items-baseline gap-4 border-b border-line py-1 text-sm">
          <dt className="w-48 shrink-0 text-muted">{name}</dt>
          <dd className="min-w-0 font-mono text-xs break-all text-fg select-text">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
