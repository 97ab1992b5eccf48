// Rows of the table `requests` as the contract shows them.
import { AppError } from '../../../preload/contract/errors.ts';
import type { HistoryRow } from '../../../preload/contract/history.ts';
import type { Draft, RequestState, SendEvent, Usage } from '../../../preload/contract/requests.ts';
import { SEARCHED } from './records.ts';

export type EndEvent = Extract<SendEvent, { k: 'end' }>;

/** All that is kept of a request besides its records. */
export interface StoredEntry {
  row: HistoryRow;
  draft: Draft;
  /** `null` while it runs. */
  end: EndEvent | null;
}

export const ROW_COLUMNS =
  'id, at, name, provider, api, model, state, status, attempts, ttft, total, usage, key_name, prompt_head';

export function toHistoryRow(row: Record<string, unknown>): HistoryRow {
  return {
    id: row.id as string,
    at: row.at as number,
    name: row.name as string,
    provider: row.provider as string,
    api: row.api as string,
    model: row.model as string | null,
    state: row.state as RequestState,
    status: row.status as number | null,
    attempts: row.attempts as number,
    ttft: row.ttft as number | null,
    total: row.total as number | null,
    usage: row.usage === null ? null : (JSON.parse(row.usage as string) as Usage),
    keyName: row.key_name as string | null,
    prompt: row.prompt_head as string,
  };
}

export const notFound = () =>
  new AppError('NOT_FOUND', 'This request is not in the history; it may have been deleted.');

/** Text as SQLite can hold and search it: no NUL, at which it stops, and no half of a surrogate pair. */
export const plainText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

/** What of a text is kept for search. */
export const searchedText = (text: string): string => plainText(text.slice(0, SEARCHED));

/** First 200 characters, never half of one. */
export const headOf = (text: string): string => [...plainText(text.slice(0, 400))].slice(0, 200).join('');
