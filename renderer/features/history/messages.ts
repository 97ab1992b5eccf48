// Everything the History screen says.
import type { RequestState } from '../../../preload/contract/requests.ts';
import type { Unknown } from './query.ts';
import { STATES } from './query.ts';

const number = (n: number) => n.toLocaleString('en-US');

export const messages = {
  title: 'History',
  search: {
    label: 'Search history',
    pane: 'Search',
    placeholder: 'Search prompts and answers, or provider:openai state:error',
    clear: 'Clear the search',
    remove: (word: string) => `Remove ${word}`,
    order: 'Order',
    newest: 'Newest',
    best: 'Best match',
    bestNeedsText: 'Best match needs words to search for.',
    count: (loaded: number, total: number | null) =>
      total === null ? `${number(loaded)} or more` : `${number(loaded)} of ${number(total)}`,
    searching: 'Searching…',
    unknown: (words: readonly Unknown[], providers: readonly string[]) => {
      const [word] = words;
      if (!word) return '';
      const known = word.field === 'state' ? STATES : providers;
      const what =
        word.value === '' ? `${word.field}: needs a value` : `No ${word.field} is called “${word.value}”`;
      return `${what}. Known: ${known.join(', ')}.`;
    },
  },
  filters: {
    title: 'Filters',
    providers: 'Providers',
    states: 'States',
    clear: 'Clear filters',
    deleteAll: 'Delete all history…',
  },
  columns: {
    time: 'Time',
    date: 'Date',
    provider: 'Prov',
    name: 'Name',
    status: 'Status',
    ttft: 'TTFT',
    total: 'Total',
    tokens: 'Tokens',
    key: 'Key',
  },
  list: {
    label: 'Requests, newest first',
    bestLabel: 'Requests, best match first',
    noKey: '–',
    untitled: 'Untitled',
    more: 'Loading more…',
    moreFailed: 'More could not be read.',
    tryAgain: 'Try again',
    foundIn: { prompt: 'prompt', answer: 'answer', name: 'name', model: 'model' },
  },
  empty: {
    title: 'Nothing sent yet',
    text: 'Every request is kept here with its answer, events and headers, searchable.',
    action: 'Open the Explorer',
    off: 'History is switched off in Settings: nothing new is kept.',
  },
  noMatch: {
    title: 'Nothing matches',
    text: 'These parts of the search all have to be true:',
    words: (text: string) => `“${text}”`,
    clear: 'Clear',
  },
  failed: { title: 'History could not be read', tryAgain: 'Try again' },
  states: {
    complete: 'Done',
    truncated: 'Truncated',
    error: 'Failed',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
    streaming: 'Streaming',
  } satisfies Record<RequestState, string>,
  stateDetail: {
    complete: 'The answer came in whole.',
    truncated: 'The stream ended before the provider said it was done. What had arrived is kept.',
    error: 'The request failed. What had arrived is kept.',
    cancelled: 'You stopped it. What had arrived is kept.',
    interrupted: 'Keybench ended in mid-stream. What had arrived is kept.',
    streaming: 'This request is still running.',
  } satisfies Record<RequestState, string>,
  detail: {
    label: 'Request details',
    none: 'Select a request to see what was sent and what came back.',
    request: 'Request',
    response: 'Response',
    events: 'Events',
    headers: 'Headers',
    open: 'Open in Explorer',
    openShort: 'Open',
    again: 'Send again',
    remove: 'Delete',
    loading: 'Reading',
    failed: 'This request could not be read.',
    body: 'Request body',
    noBody: 'The request had no body.',
    requestHeaders: 'Request headers',
    responseHeaders: 'Response headers',
    attempt: (n: number, of: number) => (of > 1 ? `Attempt ${n} of ${of}` : 'Attempt'),
    waited: (ms: number, because: string) =>
      `Then waited ${(ms / 1000).toFixed(1)} s before the next attempt: ${because}.`,
    noAttempt: 'Nothing left the app: the request failed before it was sent.',
    noAnswer: 'No text came back.',
    noEvents: 'No events were received.',
    noHeaders: 'No answer arrived, so there are no headers.',
    requestId: 'Request id',
    model: 'Model',
    key: 'Key',
    inOut: 'In / out',
    attempts: 'Attempts',
    plain: 'Plain text',
    wrap: 'Wrap long lines',
  },
  remove: {
    title: 'Delete this request?',
    text: (name: string) => `“${name}”, its answer and its events are deleted. This cannot be undone.`,
    confirm: 'Delete',
    done: 'The request was deleted.',
    allTitle: 'Delete all history?',
    allText: (n: number | null) =>
      n === null
        ? 'Every request with its answer and events is deleted. This cannot be undone. Keys and drafts stay.'
        : `${number(n)} ${n === 1 ? 'request' : 'requests'} with answers and events are deleted. This cannot be undone. Keys and drafts stay.`,
    allConfirm: (n: number | null) => (n === null ? 'Delete all' : `Delete all ${number(n)}`),
    allDone: (n: number) => `${number(n)} ${n === 1 ? 'request was' : 'requests were'} deleted.`,
  },
};
