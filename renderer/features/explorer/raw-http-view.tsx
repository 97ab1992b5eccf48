import type { Draft } from '../../../preload/contract/requests.ts';
import { errorText } from '../../host/api.ts';
import { CodeText } from '../../stream/code-text.tsx';
import { messages } from './messages.ts';
import { rawHttp } from './raw-http.ts';
import { usePreview } from './use-request.ts';

/** The request as it would leave now. */
export function RawHttpView({ draft }: { draft: Draft }) {
  const { data, error } = usePreview(draft);
  if (error) return <p className="p-3 text-sm text-danger">{errorText(error)}</p>;
  if (!data) return <p className="p-3 text-sm text-subtle">{messages.previewLoading}</p>;
  return (
    <div className="flex h-full flex-col">
      <p className="border-b border-line px-3 py-2 text-xs text-muted">{messages.rawNote}</p>
      <CodeText text={rawHttp(data)} label={messages.rawHttp} className="min-h-0 flex-1 px-3 py-2" />
    </div>
  );
}
