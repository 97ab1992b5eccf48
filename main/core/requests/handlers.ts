// The requests part of the contract.
import type { AppHandlers } from '../../../preload/contract/index.ts';
import type { Sender } from './send-request.ts';

export function requestsHandlers(
  sender: Sender,
): Pick<AppHandlers, 'requests.send' | 'requests.skipWait' | 'requests.preview'> {
  return {
    'requests.send': ({ draft, sendKnownKeys }, { signal }) => sender.send(draft, signal, { sendKnownKeys }),
    'requests.skipWait': ({ id }) => sender.skipWait(id),
    'requests.preview': ({ draft }) => sender.preview(draft),
  };
}
