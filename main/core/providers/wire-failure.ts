// Why a request got no (whole) answer, in the app's own words: one class, whatever SDK or layer stumbled first.
// The SDKs hide the cause behind "Connection error.", so the wire itself keeps what happened.

/** The app's own bounds. */
export type LimitName = 'connect' | 'idle' | 'total' | 'body' | 'line' | 'events' | 'headers';

export type FailureKind =
  /** No connection: name not found, refused, no route. */
  | 'connection'
  /** The connection was there and broke. */
  | 'cut'
  | 'tls'
  /** What came is not HTTP, or cannot be decompressed. */
  | 'protocol'
  | 'redirect'
  /** The target is not the origin the key is bound to. */
  | 'origin'
  | 'limit'
  | 'cancelled';

/** `message` and `advice` are sentences for people; `code` is the technical name (`ECONNRESET`, `idle`). */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';
  readonly kind: FailureKind;
  readonly code: string;
  readonly advice: string;
  constructor(kind: FailureKind, code: string, message: string, advice: string) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.advice = advice;
  }
  /** May another attempt help? Connection errors and broken connections, but not a wrong certificate. */
  get transient(): boolean {
    return (
      this.kind === 'connection' || this.kind === 'cut' || (this.kind === 'limit' && this.code === 'connect')
    );
  }
}

/** Name, sentence and the setting that moves the bound. `value` is the bound in the unit of the sentence. */
export function limitFailure(limit: LimitName, value: number): WireFailure {
  const [message, advice] = LIMITS[limit](value);
  return new WireFailure('limit', limit, message, advice);
}

const LIMITS: Record<LimitName, (value: number) => [message: string, advice: string]> = {
  connect: (s) => [
    `The connection was not open after ${s} s.`,
    'Check the address and the network, or raise "Connect timeout" in Settings.',
  ],
  idle: (s) => [
    `The answer stalled: nothing arrived for ${s} s.`,
    'Send again, or raise "Idle timeout" in Settings for slow models.',
  ],
  total: (min) => [
    `The request was not done after ${min} min in all.`,
    'Ask for a shorter answer, or raise "Total timeout" in Settings.',
  ],
  body: (mb) => [
    `The answer is larger than ${mb} MB.`,
    'What arrived until then is kept. If that much is expected, raise "Largest answer" in Settings.',
  ],
  line: (mb) => [
    `One line of the answer is longer than ${mb} MB.`,
    'Check that the address is a streaming API. If such lines are expected, raise "Longest line of a stream" in Settings.',
  ],
  events: (n) => [
    `The answer has more than ${n.toLocaleString('en')} events.`,
    'No model answers like that: check what the server at this address is.',
  ],
  headers: (kb) => [
    `The response headers are larger than ${kb} KB.`,
    'Check that the address is an API: no provider sends headers of that size.',
  ],
};

/** Errors of undici, Node's net, tls and zlib: `[codes, kind, sentence, advice]`, the first match counts. */
const CAUSES: [RegExp, FailureKind, (host: string) => string, string][] = [
  [
    /^(ENOTFOUND|EAI_|EBUSY$)/,
    'connection',
    (host) => `The host name of ${host} could not be found.`,
    'Check the base URL for typing errors, and that this computer is online.',
  ],
  [
    /^ECONNREFUSED$/,
    'connection',
    (host) => `Nothing answers at ${host}: the connection was refused.`,
    'Start the server, or check host and port in the base URL.',
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN|ETIMEDOUT)$/,
    'connection',
    (host) => `${host} cannot be reached from this computer.`,
    'Check the network, a VPN or a firewall, and the base URL.',
  ],
  [
    /^(EACCES|EPERM)$/,
    'connection',
    (host) => `This computer does not allow a connection to ${host}.`,
    'Check the firewall and the port in the base URL.',
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    'tls',
    (host) => `The certificate of ${host} has expired or is not valid yet.`,
    'Check the clock of this computer; if it is right, the server needs a new certificate.',
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT_SIGNATURE)/,
    'tls',
    (host) => `The certificate of ${host} is not signed by an authority this computer trusts.`,
    'Nothing was sent. If the server is your own, start Keybench with NODE_EXTRA_CA_CERTS naming its certificate.',
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'tls',
    (host) => `The certificate of ${host} belongs to another host name.`,
    'Nothing was sent. Check the host name in the base URL.',
  ],
  [
    /^(EPROTO|ERR_SSL_|ERR_TLS_)/,
    'tls',
    (host) => `No encrypted connection to ${host} could be made.`,
    'If the server speaks plain HTTP, write http:// in the base URL; else check its port.',
  ],
  [
    /^BAD_PORT$/, // the fetch standard's list of ports that are other protocols'
    'protocol',
    (host) => `The port of ${host} is reserved for another protocol, so nothing is sent there.`,
    'Let the server listen on another port, and write that one in the base URL.',
  ],
  [
    /^HPE_(?!INVALID_EOF)/,
    'protocol',
    (host) => `What ${host} answered is not HTTP.`,
    'Check the port in the base URL, and http:// against https://.',
  ],
  [
    /^(Z_|ERR_(BROTLI|ZSTD|_ERROR|PADDING)|ZSTD_)/,
    'protocol',
    (host) => `The compressed answer of ${host} is damaged.`,
    'Send again. If it happens each time, something between here and the server breaks the answers.',
  ],
];

/**
 * What a rejected fetch or read means. `host` is the target's origin. `begun`: the head of the answer had arrived.
 * The original message is not taken over: it may hold anything, a key included.
 */
export function failureOf(error: unknown, host: string, begun: boolean): WireFailure {
  if (error instanceof WireFailure) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return limitFailure('headers', MAX_HEADER_KB);
  for (const [pattern, kind, sentence, advice] of CAUSES)
    if (pattern.test(code)) return new WireFailure(kind, code, sentence(host), advice);
  return begun
    ? new WireFailure(
        'cut',
        code,
        `The connection to ${host} broke off in the middle of the answer.`,
        'What arrived until then is kept. Send again for a whole answer.',
      )
    : new WireFailure(
        'cut',
        code,
        `${host} closed the connection without an answer.`,
        'Send again. If it happens each time, check that the base URL is an API of this provider.',
      );
}

/** Response headers above this are refused. */
export const MAX_HEADER_KB = 64;

/** The first telling code in the chain of causes; `UNKNOWN` if there is none. */
function codeOf(error: unknown): string {
  let found = 'UNKNOWN';
  for (let at = error, depth = 0; at instanceof Error && depth < 8; depth++) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && code !== 'UND_ERR_INFO') found = code;
    else if (at.message === 'bad port') found = 'BAD_PORT';
    else if (at.name === 'HTTPParserError') found = 'HPE_UNKNOWN'; // undici leaves out the code of some
    const errors = (at as { errors?: unknown }).errors;
    at = Array.isArray(errors) && errors.length > 0 ? errors[0] : at.cause;
  }
  return found;
}
