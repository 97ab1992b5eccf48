// Every sentence of the Explorer.
import type { CallError } from '../../../preload/contract/requests.ts';
import type { Ending, Phase } from '../../stream/pane.ts';
import { formatCount, formatMs } from '../../ui/format.ts';

export const messages = {
  title: 'Explorer',
  requests: 'Requests',
  firstAnswer: 'First answer',
  /** What the example that calls a tool asks. */
  toolPrompt: 'What is the weather in Paris?',
  newRequest: 'New request',
  noTabs: 'No request is open',
  noTabsText:
    'Begin with an empty request, or try the Demo: it needs no key and sends nothing off this machine.',
  searchAll: 'Search everything',
  openKeys: 'Open Keys',
  tryDemo: 'Try the demo',
  openRecent: 'Open recent',
  tabs: 'Open requests',
  allTabs: (n: number) => `All ${n} open requests`,
  closeTab: (name: string) => `Close ${name}`,
  changed: 'changed since it was last sent',
  streaming: 'streaming',
  unkept:
    'This request is too large to be open again after the next start: open requests keep 200 KB in all. Once sent, all of it is in History.',
  // request bar
  requestBar: 'Address and key',
  provider: 'Provider',
  api: 'API',
  rawApi: 'Raw HTTP',
  method: 'Method',
  url: 'URL',
  baseUrl: 'Base URL',
  presets: 'Known servers',
  key: 'Key',
  noKeyNeeded: 'No key needed',
  noKey: 'Without a key',
  noKeyYet: 'No key for this address',
  addKey: 'Add key…',
  switched: (api: string) => `Switched to ${api}`,
  switchLeft: (names: readonly string[]) =>
    names.length === 0 ? undefined : `Left out, as it has no place there: ${names.join(', ')}.`,
  switchRefused: (api: string) => `Not switched to ${api}`,
  switchInvalid: ({ line, column }: { line: number; column: number }) =>
    `The body is not valid JSON at line ${line}, column ${column}, so it cannot be carried over. Mend it in the JSON tab, or empty it to begin with the example.`,
  switchNoObject:
    'The body is JSON but not an object, so it cannot be carried over. Edit it in the JSON tab, or empty it to begin with the example.',
  turnOf: (role: string) => (role ? `messages of ${role}` : 'items without a role'),
  undo: 'Undo',
  send: 'Send',
  heldText:
    'Nothing has been sent. If you send it, the provider reads the key in clear. Your history keeps only its name.',
  heldKeep: 'Do not send',
  heldSend: 'Send anyway',
  stop: 'Stop',
  // request pane
  request: 'Request',
  form: 'Form',
  json: 'JSON',
  headers: 'Headers',
  rawHttp: 'Raw HTTP',
  valid: 'Valid',
  missing: (names: readonly string[]) => `${names.join(', ')} missing`,
  invalidAt: (line: number, column: number) => `Line ${line}, column ${column}`,
  invalidJson: (line: number, column: number, message: string) =>
    `The body is not valid JSON at line ${line}, column ${column}. ${message} Mend it in the JSON tab; the form follows.`,
  notAnObject: 'The body is JSON but not an object, so it has no fields. Edit it in the JSON tab.',
  goToProblem: 'Go to line',
  copyBody: 'Copy body',
  required: 'required',
  notSet: 'not set',
  sse: 'Server-sent events',
  advanced: 'Advanced',
  bodyPreview: 'Body preview',
  bodyPreviewHint: 'kept in step with the form',
  rawForm: 'A raw request has no form. Its body is in the JSON tab and leaves byte for byte.',
  editBody: 'Edit body',
  body: 'Request body',
  bodyPlaceholder: 'Empty body',
  listHelp: 'One per line; \\n inside a line stands for a line break.',
  jsonParam: (name: string) => `${name}, JSON`,
  badJsonParam: (message: string) => `This is not JSON yet, so it is not in the body. ${message}`,
  loadingModels: 'Asking for the models…',
  // messages editor
  messagesCount: (n: number) => `${formatCount(n)} ${n === 1 ? 'item' : 'items'}`,
  addMessage: 'Add message',
  role: 'Role',
  message: (n: number) => `Message ${n}`,
  moveUp: 'Move up',
  moveDown: 'Move down',
  removeMessage: 'Remove message',
  tokens: (n: number) => `~${formatCount(n)} tok`,
  parts: (n: number, kinds: string) =>
    `${n} ${n === 1 ? 'part' : 'parts'}: ${kinds}. Edit them in the JSON tab.`,
  toList: 'Make it a list of messages',
  // headers and query
  ownHeaders: 'Your headers',
  query: 'Query',
  addedHeaders: 'Keybench adds',
  addedNote: 'Your headers win over these. The key itself is put in when the request leaves.',
  name: 'Name',
  value: 'Value',
  addHeader: 'Add header',
  addQuery: 'Add query field',
  removeRow: (name: string) => `Remove ${name || 'row'}`,
  previewLoading: 'Working out the request…',
  rawNote: 'The request as it would leave now. The name of the key stands where its value will.',
  // response
  response: 'Response',
  timelineLabel: 'Event timeline',
  output: 'Output',
  attempts: 'Attempts',
  noOutput: 'This answer has no text. Its events and body hold what came.',
  noText: 'No text came.',
  waitingText: 'Waiting for the first token…',
  loading: 'Reading from history…',
  emptyResponse: 'Nothing sent yet',
  emptyResponseText: 'Ctrl Enter sends the request and streams the answer here.',
  markdown: 'Markdown',
  plainText: 'Plain text',
  wrap: 'Wrap long lines',
  copyOutput: 'Copy output',
  responseBody: 'Response body',
  bodyWhenEnded: 'The body is shown here when the answer has ended. Its events are in the timeline below.',
  noBody: 'No body came.',
  bodyEvents: 'The body was a stream; these are its events.',
  rawBody: 'Show the body as it came',
  pastResponses: 'Past responses',
  noPast: 'No past responses',
  requestHeaders: 'Request headers',
  responseHeaders: 'Response headers',
  noHeaders: 'No headers came back.',
  attempt: (n: number) => `Try ${n}`,
  noAttempts: 'Nothing has left yet.',
  noAnswer: 'no answer',
  waited: (ms: number, by: string) => `Then waited ${formatMs(ms)}, ${by}`,
  nextTry: (ms: number) => `Next try in ${(ms / 1000).toFixed(1)} s`,
  retryTitle: (because: string) => `${because}. Keybench sends the request again.`,
  by: {
    'retry-after-ms': "by the provider's retry-after-ms",
    'retry-after': "by the provider's retry-after",
    backoff: "by Keybench's own backoff",
  },
  sendNow: 'Send now',
  sentBytes: 'sent',
  connect: 'connect',
  headersTime: 'headers',
  firstByte: 'first byte',
  ttft: 'TTFT',
  elapsed: 'Elapsed',
  rate: 'Rate',
  inOut: 'In / out',
  estimated: 'Estimated from the text until the provider says it.',
  errorCode: (code: string) => `Code ${code}`,
  requestId: (id: string) => `Request id ${id}`,
  copyRequestId: 'Copy request id',
  // sidebar
  examples: 'Examples',
  recentRuns: 'Recent runs',
  filter: 'Filter requests',
  noRuns: 'Nothing sent yet.',
  noMatch: 'Nothing matches the filter.',
  allHistory: 'Search all history',
  // commands
  copyCurl: 'Copy as cURL',
  curlCopied: (variable: string) => `Copied. The key is $${variable}, set it in your shell.`,
  duplicate: 'Duplicate request',
  copyOf: (name: string) => `${name} (copy)`,
  focusUrl: 'Focus the URL',
  nextTab: 'Next tab',
  previousTab: 'Previous tab',
  closeThis: 'Close tab',
  reopen: 'Reopen closed tab',
  toggleView: 'Show output as text or Markdown',
} as const;

/** Short names of what the Demo's models show; a model without one is listed by its own label. */
export const demoTitles: Record<string, string> = {
  'demo-long': 'Long answer',
  'demo-markdown': 'All of Markdown',
  'demo-thinking': 'Thinks first',
  'demo-tool': 'Calls a tool',
  'demo-refusal': 'Refuses',
  'demo-slow': 'Slow tokens',
  'demo-flaky': 'Retried twice',
  'demo-rate-limited': 'Rate limited',
  'demo-tight': 'Limit runs out',
  'demo-overloaded': 'Overloaded',
  'demo-unauthorized': 'Wrong key',
  'demo-error-midstream': 'Error in mid-stream',
  'demo-cut': 'Stream cut short',
  'demo-drop': 'Connection breaks',
  'demo-stall': 'Falls silent',
};

export const phaseText: Record<Phase, string> = {
  idle: messages.loading,
  sending: 'Sending',
  waiting: 'Waiting for first token',
  streaming: 'Streaming',
  retrying: 'Waiting to retry',
  ended: 'Done',
};

export const endText: Record<Ending['state'], string> = {
  complete: 'Done',
  truncated: 'Truncated',
  error: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

/** Why an answer that did not fail is not whole; `null` for a whole one. */
export function endSentence(end: Ending): string | null {
  switch (end.state) {
    case 'truncated':
      return 'The stream ended without the event that closes an answer, so the text may be incomplete. What came is kept.';
    case 'cancelled':
      return `You stopped it after ${formatMs(end.t)}. What had come by then is kept.`;
    case 'interrupted':
      return 'Keybench was closed while this answer streamed. What had come by then is kept.';
    case 'complete':
    case 'error':
      return null;
  }
}

/**
 * `429 rate_limit_error: Too many requests.` The provider's own words begin with its status and type; what Keybench
 * found out is a sentence of its own. A status of success is not why something failed.
 */
export function errorTitle({ source, status, type, message }: CallError): string {
  if (source !== 'provider') return message;
  const kind = [status !== null && status >= 400 ? status : '', type].filter(Boolean).join(' ');
  return kind ? `${kind}: ${message}` : message;
}

/** For screen readers: said once per phase. */
export function spoken(phase: Phase, end: Ending | null, tokens: number | null): string {
  if (phase === 'streaming') return 'Streaming';
  if (!end) return phase === 'sending' ? 'Sending' : '';
  if (end.state === 'error') return `Failed. ${end.error?.message ?? ''}`;
  const count = tokens === null ? '' : `, ${formatCount(tokens)} tokens`;
  return `${endText[end.state]}${count}, ${formatMs(end.t)}`;
}
