// Secrets of no provider. A match of this family gives way to one of any other family at the same place.
import { hasDigit, isBasicCredential, isMixed } from '../checks.ts';
import { defineRules } from '../define-rules.ts';
import { ASSIGN, BEGIN } from '../expressions.ts';

/** `://` alone would try every address in every lock file twice. */
const SCHEMES = 'http https git svn ws wss socks5 imap imaps smtp smtps mqtt mqtts rtsp'.split(' ');

const OPAQUE = '[A-Za-z0-9_.~+/-]{20,400}={0,2}(?![A-Za-z0-9_.~+/=-])';

/**
 * How often `generic-secret-assignment` is wrong, which is why it is off by default: of its 20 findings in all contents
 * of two untouched repositories (expressjs/express and usebruno/bruno, 1.9 GB), 13 were no secrets.
 */
export const GENERIC_FALSE_ALARMS = { findingsPerGigabyte: 10.7, wrongShare: 0.65 } as const;

export const GENERIC = defineRules('generic', [
  {
    id: 'url-with-password',
    provider: 'Basic authentication',
    description: 'Signs in to a server with a name and a password.',
    severity: 'medium',
    anchors: SCHEMES.map((scheme) => `${scheme}://`),
    reach: { before: 4, after: 220 },
    pattern: new RegExp(
      String.raw`${BEGIN}(?:${SCHEMES.join('|')})://(?:[^\s:@/"'\x60<>\\[\]{}()|,;]{0,64}):(?<secret>[^\s:@/"'\x60<>\\]{4,128})@(?!(?:[A-Za-z0-9-]{1,63}\.){0,4}example\.(?:com|org|net)(?![A-Za-z0-9.-]))[A-Za-z0-9[_]`,
      'g',
    ),
    entropy: 2.6,
    revoke: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    key: '[an:20]',
    within: ['https://deploy:{}@git.internal/app.git', 'http://admin:{}@10.0.0.7:9200'],
    miss: [
      'https://user:[an:20]@example.com/',
      'https://user:password@git.internal/',
      'https://x:$TOKEN@git.internal/',
      'https://git.internal:8080/@scope/name',
      'http://[hex:8]:[hex:8]/a@b',
    ],
    anyLength: true,
  },
  {
    id: 'http-basic-header',
    provider: 'Basic authentication',
    description: 'Signs in to a server with a name and a password.',
    severity: 'medium',
    anchors: ['basic '],
    reach: { before: 40, after: 300 },
    pattern:
      /[Aa]uthorization["'`\]\\)]{0,3}[ \t]{0,4}[:=,][ \t]{0,4}["'`\\]{0,3}[Bb]asic (?<secret>[A-Za-z0-9+/]{12,280}={0,2})(?![A-Za-z0-9+/=])/g,
    entropy: 3,
    check: isBasicCredential,
    revoke: 'https://www.rfc-editor.org/rfc/rfc7617',
    key: (seed) => Buffer.from(`deploy:hJ7${'kQ2vX9'.slice(seed % 3)}tR4wZ8mP${seed}`).toString('base64'),
    within: ['Authorization: Basic {}', '"Authorization": "Basic {}"'],
    miss: ['Authorization: Basic [b64:32]'],
    anyLength: true,
  },
  {
    id: 'http-bearer-header',
    provider: 'Bearer token',
    description: 'Uses an interface in the name it was given to.',
    severity: 'medium',
    anchors: ['bearer '],
    reach: { before: 40, after: 440 },
    pattern: new RegExp(
      `[Aa]uthorization["'\`\\]\\\\)]{0,3}[ \\t]{0,4}[:=,][ \\t]{0,4}["'\`\\\\]{0,3}[Bb]earer (?<secret>${OPAQUE})`,
      'g',
    ),
    entropy: 3.7,
    // The first part of a web token alone is what documentation shows of one.
    check: (secret) => hasDigit(secret) && !/^eyJ[^.]*$/.test(secret),
    revoke: 'https://www.rfc-editor.org/rfc/rfc6750',
    key: '[an:40]',
    within: ['Authorization: Bearer {}', "'Authorization': 'Bearer {}'"],
    miss: ['Authorization: Bearer your-access-token-goes-right-here'],
    anyLength: true,
  },
  {
    id: 'curl-user-password',
    provider: 'Basic authentication',
    description: 'Signs in to a server with a name and a password.',
    severity: 'medium',
    anchors: ['curl '],
    reach: { before: 4, after: 460 },
    pattern: new RegExp(
      String.raw`${BEGIN}curl [^\r\n|;]{0,240}?(?:-u|--user)[ =]{0,2}["']?[^\s:"'$\x60<>{}]{1,80}:(?<secret>[^\s"'$\x60<>{}\\]{4,128})`,
      'g',
    ),
    entropy: 2.6,
    revoke: 'https://everything.curl.dev/cmdline/passwords.html',
    key: '[an:20]',
    within: ['curl -u admin:{} https://ci.internal', 'curl --user "deploy:{}" https://ci.internal'],
    miss: ['curl -u user:password https://ci.internal', 'curl -u "$USER:$PASS" https://ci.internal'],
    anyLength: true,
  },
  {
    id: 'password-hash',
    provider: 'Unix',
    description: 'Lets passwords be guessed offline, from the stored form of one.',
    severity: 'low',
    anchors: [':$6$', ':$5$', ':$y$', ':$apr1$', ':$2y$', ':$2b$', ':$argon2'],
    reach: { before: 40, after: 180 },
    pattern: new RegExp(
      String.raw`${BEGIN}[a-z_][a-z0-9_.-]{0,31}:(?<secret>\$(?:6|5|y|apr1|2[by]|argon2id?)\$[A-Za-z0-9./$=,+]{20,160})(?![A-Za-z0-9./$=,+])`,
      'g',
    ),
    entropy: 3.6,
    revoke: 'https://man7.org/linux/man-pages/man5/shadow.5.html',
    key: '$6$[an:12]$[an:86]',
    within: ['root:{}:19000:0:99999:7:::', 'deploy:{}'],
    anyLength: true,
  },
  {
    id: 'generic-secret-assignment',
    provider: 'Generic',
    description: 'Is a random-looking value with a name that says secret.',
    severity: 'low',
    enabled: false,
    anchors: [
      'secret',
      'passw',
      'api_key',
      'apikey',
      'api-key',
      'token',
      'credential',
      'private_key',
      'access_key',
    ],
    reach: { before: 4, after: 220 },
    pattern: new RegExp(
      `(?i:secret|passw(?:or)?d|api[_-]?key|token|credential|private[_-]?key|access[_-]?key)[\\w-]{0,16}${ASSIGN}(?<secret>[A-Za-z0-9_.~+/-]{16,150}={0,2})(?![A-Za-z0-9_.~+/=-])`,
      'g',
    ),
    entropy: 3.7,
    // Names of things in code have one digit or two.
    check: (secret) => isMixed(secret) && secret.replace(/[^0-9]/g, '').length >= 3,
    revoke: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
    key: '[an:8]7[an:8]3[an:8]9[an:5]',
    within: ['APP_SECRET={}', 'api_key: "{}"', 'const token = "{}";'],
    miss: [
      'token = getTokenFromEnvironment()',
      'secret = settings.appSecretV2',
      'password: passwordFieldValue',
    ],
    anyLength: true,
  },
]);
