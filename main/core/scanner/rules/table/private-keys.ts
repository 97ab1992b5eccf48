// Private keys. There is no page to revoke one: whoever trusts its public half has to be told.
import type { RuleSpec } from '../define-rules.ts';
import { defineRules } from '../define-rules.ts';
import { token } from '../expressions.ts';

/**
 * What may stand between two lines of a key: line breaks, real or written as `\n`, indentation, and the quotes, plus
 * signs and comment marks of source code. Bounded.
 */
const BREAK = String.raw`(?:\s|\\{1,4}[nrt]|["'\x60+,;|*#.]){0,60}?`;

/** Up to eight lines of base64: enough to tell keys apart, whatever their common beginning. */
const BODY = `[A-Za-z0-9+/=]{32,80}(?:${BREAK.replace('{0,60}', '{1,60}')}[A-Za-z0-9+/=]{20,80}){0,7}`;

/** A line of a header such as `Proc-Type: 4,ENCRYPTED`. */
const HEADERS = `(?:${BREAK}[A-Z][A-Za-z-]{2,20}: ?[A-Za-z0-9,. ()@<>_/-]{1,80}){0,6}`;

const pem = (kind: string, before = '', headers = ''): RegExp =>
  new RegExp(`-----BEGIN ${kind}-----${headers}${BREAK}${before}(?<secret>${BODY})`, 'g');

const BODY_KEY = '[b64:64]\n[b64:64]\n[b64:64]';

const privateKey = (
  id: string,
  provider: string,
  label: string,
  spec: Pick<RuleSpec, 'description' | 'severity' | 'pattern'> & Partial<RuleSpec>,
): RuleSpec => ({
  id,
  provider,
  anchors: [`begin ${label.toLowerCase()}`],
  reach: { before: 16, after: 2048 },
  entropy: 4,
  revoke: null,
  key: BODY_KEY,
  within: [`-----BEGIN ${label}-----\n{}\n-----END ${label}-----`, `"-----BEGIN ${label}-----\\n{}`],
  miss: [
    `-----BEGIN ${label}-----\n...\n-----END ${label}-----`,
    `if (text.includes("-----BEGIN ${label}-----")) {`,
  ],
  anyLength: true,
  ...spec,
});

const ENCRYPTED = 'Proc-Type: 4,ENCRYPTED';

export const PRIVATE_KEYS = defineRules('private-key', [
  privateKey('rsa-private-key', 'RSA', 'RSA PRIVATE KEY', {
    description: 'Signs in, or decrypts, as the owner of the key.',
    severity: 'high',
    pattern: pem('RSA PRIVATE KEY'),
  }),
  privateKey('ec-private-key', 'Elliptic curve', 'EC PRIVATE KEY', {
    description: 'Signs in, or decrypts, as the owner of the key.',
    severity: 'high',
    pattern: pem('EC PRIVATE KEY'),
  }),
  privateKey('dsa-private-key', 'DSA', 'DSA PRIVATE KEY', {
    description: 'Signs in as the owner of the key.',
    severity: 'high',
    pattern: pem('DSA PRIVATE KEY'),
  }),
  privateKey('pkcs8-private-key', 'PKCS #8', 'PRIVATE KEY', {
    description: 'Signs in, or decrypts, as the owner of the key.',
    severity: 'high',
    pattern: pem('PRIVATE KEY'),
  }),
  privateKey('openssh-private-key', 'OpenSSH', 'OPENSSH PRIVATE KEY', {
    description: 'Signs in to servers as the owner of the key.',
    severity: 'high',
    // The bytes that name the cipher: "none".
    pattern: pem('OPENSSH PRIVATE KEY', '(?=b3BlbnNzaC1rZXktdjEAAAAABG5vbmU)'),
    key: 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n[b64:70]\n[b64:70]\n[b64:70]',
  }),
  privateKey('openssh-private-key-encrypted', 'OpenSSH', 'OPENSSH PRIVATE KEY', {
    description: 'Signs in to servers as the owner of the key, once its passphrase is known.',
    severity: 'low',
    pattern: pem('OPENSSH PRIVATE KEY', '(?=b3BlbnNzaC1rZXktdjEA)(?!b3BlbnNzaC1rZXktdjEAAAAABG5vbmU)'),
    key: 'b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABB\n[b64:70]\n[b64:70]\n[b64:70]',
  }),
  privateKey('pkcs8-private-key-encrypted', 'PKCS #8', 'ENCRYPTED PRIVATE KEY', {
    description: 'Signs in, or decrypts, as the owner of the key, once its passphrase is known.',
    severity: 'low',
    pattern: pem('ENCRYPTED PRIVATE KEY'),
  }),
  privateKey('pem-private-key-encrypted', 'PEM', 'RSA PRIVATE KEY', {
    description: 'Signs in, or decrypts, as the owner of the key, once its passphrase is known.',
    severity: 'low',
    anchors: ['4,encrypted'],
    reach: { before: 80, after: 2048 },
    pattern: pem('(?:RSA|EC|DSA) PRIVATE KEY', '', `${BREAK}${ENCRYPTED}${HEADERS}`),
    within: [
      `-----BEGIN RSA PRIVATE KEY-----\n${ENCRYPTED}\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n{}\n-----END RSA PRIVATE KEY-----`,
    ],
  }),
  privateKey('pgp-private-key', 'PGP', 'PGP PRIVATE KEY BLOCK', {
    description: 'Decrypts and signs as the owner of the key; it may need a passphrase.',
    severity: 'high',
    pattern: pem('PGP PRIVATE KEY BLOCK', '', HEADERS),
  }),
  privateKey('ssh2-private-key', 'SSH2', 'SSH2 ENCRYPTED PRIVATE KEY', {
    description: 'Signs in to servers as the owner of the key; it may need a passphrase.',
    severity: 'medium',
    pattern: new RegExp(
      `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----${HEADERS}${BREAK}(?<secret>${BODY})`,
      'g',
    ),
    within: ['---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n{}'],
    miss: ['---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n...'],
  }),
  privateKey('putty-private-key', 'PuTTY', 'PUTTY', {
    description: 'Signs in to servers as the owner of the key.',
    severity: 'high',
    anchors: ['putty-user-key-file-'],
    pattern: new RegExp(
      String.raw`PuTTY-User-Key-File-[23]: [a-z0-9-]{3,40}\s{1,3}Encryption: none\s[\s\S]{1,1200}?Private-Lines: [0-9]{1,3}\s{1,3}(?<secret>${BODY})`,
      'g',
    ),
    within: [
      `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: me\nPublic-Lines: 2\nAAAAC3NzaC1lZDI1\nPrivate-Lines: 1\n{}`,
    ],
    miss: [
      'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nComment: me\nPrivate-Lines: 1\n[b64:64]',
    ],
  }),
  {
    id: 'age-secret-key',
    provider: 'age',
    description: 'Decrypts files that were encrypted for its public half.',
    severity: 'high',
    anchors: ['age-secret-key-1'],
    pattern: token('AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}', 'an'),
    entropy: 3.8,
    revoke: null,
    key: 'AGE-SECRET-KEY-1[BECH32:58]',
  },
  {
    id: 'age-post-quantum-secret-key',
    provider: 'age',
    description: 'Decrypts files that were encrypted for its public half (hybrid kind).',
    severity: 'high',
    anchors: ['age-secret-key-pq-1'],
    pattern: token('AGE-SECRET-KEY-PQ-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}', 'an'),
    entropy: 3.8,
    revoke: null,
    key: 'AGE-SECRET-KEY-PQ-1[BECH32:58]',
  },
  {
    id: 'wireguard-private-key',
    provider: 'WireGuard',
    description: 'Joins a private network as the owner of the key.',
    severity: 'high',
    anchors: ['privatekey', 'wg_private', 'wireguard_private'],
    reach: { before: 4, after: 80 },
    pattern:
      /(?:PrivateKey|(?:WG|WIREGUARD)_PRIVATE_KEY)[ \t]{0,4}[=:][ \t]{0,4}["']?(?<secret>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)(?![A-Za-z0-9+/=])/g,
    entropy: 4,
    revoke: null,
    key: '[b64:42]A=',
    within: ['PrivateKey = {}', 'WG_PRIVATE_KEY={}'],
  },
  {
    id: 'jwk-private-key',
    provider: 'JSON Web Key',
    description: 'Signs or decrypts as the owner of the key.',
    severity: 'high',
    anchors: ['"kty'],
    reach: { before: 1200, after: 2400 },
    pattern:
      /\{(?=[^{}]{0,2400}"kty\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"(?:RSA|EC|OKP))[^{}]{0,2400}?"d\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"(?<secret>[A-Za-z0-9_-]{42,700})(?![A-Za-z0-9_-])/g,
    entropy: 4,
    revoke: null,
    key: '[url:43]',
    within: ['{"kty":"EC","crv":"P-256","x":"f83OJ3D2","y":"x_FEzRu9","d":"{}"'],
    miss: ['{"kty":"EC","crv":"P-256","x":"[url:43]","y":"[url:43]"}'],
    anyLength: true,
  },
]);
