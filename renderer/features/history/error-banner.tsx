import type { CallError } from '../../../preload/contract/requests.ts';
import { Banner } from '../../ui/banner.tsx';
import { messages } from './messages.ts';

/** The typed error over the tabs; answer, events and headers stay readable below it. */
export function ErrorBanner({ error }: { error: CallError }) {
  const { type, message, advice, requestId } = error;
  return (
    <Banner tone="danger" title={message} className="select-text">
      {advice}
      <span className="mt-0.5 flex flex-wrap gap-x-3 font-mono text-xs">
        {type && <span>{type}</span>}
        {requestId && (
          <span>
            {messages.detail.requestId} {requestId}
          </span>
        )}
      </span>
    </Banner>
  );
}
