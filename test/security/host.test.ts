// S12, S14, S16: who is let in by the loopback host, and what it gives away to those who are not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../main/core/clock.ts';
import { ask, knock, type LoopbackHost, signIn, startLoopbackHost } from '../support/loopback-host.ts';

class TestClock implements Clock {
  at = 0;
  now = () => this.at;
  mono = () => this.at;
}

const clock = new TestClock();
let host: LoopbackHost;
let cookie: string;
beforeAll(async () => {
  host = await startLoopbackHost(clock);
  cookie = await signIn(host);
});
afterAll(() => host.close());

const ROUTES = [
  ['GET', '/'],
  ['GET', '/index.html'],
  ['GET', '/assets/app.js'],
  ['GET', '/launch'],
  ['GET', '/launch.js'],
  ['POST', '/launch'],
  ['POST', '/session'],
  ['GET', '/ws'],
] as const;
/** Reachable without signing in: they hold no secret and change nothing. */
const PUBLIC = new Set(['GET /launch', 'GET /launch.js']);

/** What an outsider can get wrong, or do on purpose. `null` header: not sent. */
const OUTSIDERS: [
  string,
  (own: Record<string, string>) => Record<string, string>,
  (route: string) => number[],
][] = [
  ['no cookie', ({ cookie: _cookie, ...rest }) => rest, (route) => (PUBLIC.has(route) ? [200] : [401])],
  [
    'a wrong cookie',
    (own) => ({ ...own, cookie: `keybench_${host.port}=wrong` }),
    (route) => (PUBLIC.has(route) ? [200] : [401]),
  ],
  [
    "another port's cookie",
    (own) => ({ ...own, cookie: cookie.replace(/_\d+/, '_1') }),
    (route) => (PUBLIC.has(route) ? [200] : [401]),
  ],
  ['the name localhost', (own) => ({ ...own, host: `localhost:${host.port}` }), () => [421]],
  ['a rebound name', (own) => ({ ...own, host: `attacker.example:${host.port}` }), () => [421]],
  ['no port in Host', (own) => ({ ...own, host: '127.0.0.1' }), () => [421]],
  ['another port in Host', (own) => ({ ...own, host: '127.0.0.1:1' }), () => [421]],
  ['a cross-site request', (own) => ({ ...own, 'sec-fetch-site': 'cross-site' }), () => [403]],
  ['a request from another loopback port', (own) => ({ ...own, 'sec-fetch-site': 'same-site' }), () => [403]],
];

describe('every route refuses', () => {
  for (const [method, path] of ROUTES) {
    const route = `${method} ${path}`;
    for (const [name, change, allowed] of OUTSIDERS) {
      it(`${name} on ${route}`, async () => {
        clock.at += 61_000; // guesses of other cases do not count here
        const own = { cookie, origin: host.origin, 'x-keybench': 'take-over' };
        const answer = await ask(host.port, method, path, change(own), 'code=guess');
        expect(allowed(route)).toContain(answer.status);
        expect(answer.headers['set-cookie']).toBeUndefined();
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        if (answer.status !== 200) expect(answer.body).not.toMatch(/ASSET-BYTES|token/);
      });
    }
  }

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'])(
    '%s without an own Origin',
    async (method) => {
      for (const origin of [
        undefined,
        'null',
        'http://127.0.0.1:1',
        `http://localhost:${host.port}`,
        'https://a.example',
      ]) {
        const headers: Record<string, string> = {
          cookie,
          'x-keybench': '1',
          ...(origin === undefined ? {} : { origin }),
        };
        expect((await ask(host.port, method, '/session', headers)).status).toBe(403);
      }
    },
  );

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('the method %s', async (method) => {
    expect((await ask(host.port, method, '/', { cookie, origin: host.origin })).status).toBe(405);
  });

  it('a session request without our header, as a form of another page would send it', async () => {
    expect((await ask(host.port, 'POST', '/session', { cookie, origin: host.origin })).status).toBe(403);
  });
});

describe('the socket', () => {
  const good = () => ({ cookie, origin: host.origin });
  it('opens with cookie and own origin', async () => {
    clock.at += 61_000;
    expect(await knock(host.port, '/ws', good())).toBe(101);
  });
  it.each([
    ['no origin', () => ({ cookie }), 403],
    ['a foreign origin with our cookie', () => ({ cookie, origin: 'http://127.0.0.1:1' }), 403],
    ['the origin null', () => ({ cookie, origin: 'null' }), 403],
    ['no cookie', () => ({ origin: host.origin }), 401],
    ['a wrong cookie', () => ({ origin: host.origin, cookie: `keybench_${host.port}=x` }), 401],
    ['a rebound name', () => ({ ...good(), host: 'attacker.example' }), 421],
  ])('refuses %s', async (_name, headers, status) => {
    clock.at += 61_000;
    expect(await knock(host.port, '/ws', headers() as Record<string, string>)).toBe(status);
    expect(host.seen).toEqual({ produced: 0, finished: 0, aborted: 0 });
  });
  it('refuses another path', async () => {
    expect(await knock(host.port, '/', good())).toBe(404);
  });
});

describe('the launch code', () => {
  const redeem = (code: string) => ask(host.port, 'POST', '/launch', { origin: host.origin }, `code=${code}`);

  it('works once', async () => {
    clock.at += 61_000;
    const code = host.access.newLaunchCode();
    const first = await redeem(code);
    expect(first.status).toBe(200);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^keybench_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    expect((await redeem(code)).status).toBe(401);
  });

  it('is accepted from a local file, whose origin is null', async () => {
    clock.at += 61_000;
    const code = host.access.newLaunchCode();
    const headers = { origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await ask(host.port, 'POST', '/launch', headers, `code=${code}`)).status).toBe(200);
  });

  it('is worthless after a minute', async () => {
    clock.at += 61_000;
    const code = host.access.newLaunchCode();
    clock.at += 60_001;
    expect((await redeem(code)).status).toBe(401);
  });

  it('cannot be guessed: after ten wrong ones everything answers 429 for a minute', async () => {
    clock.at += 61_000;
    for (let i = 0; i < 10; i++) expect((await redeem(`guess${i}`)).status).toBe(401);
    const right = host.access.newLaunchCode();
    expect((await redeem(right)).status).toBe(429);
    expect((await ask(host.port, 'GET', '/', { cookie })).status).toBe(429);
    clock.at += 60_001;
    expect((await ask(host.port, 'GET', '/', { cookie })).status).toBe(200);
  });

  it('ends with the session after twelve hours', async () => {
    clock.at += 61_000;
    const own = await signIn(host);
    clock.at += 12 * 3600_000;
    expect((await ask(host.port, 'GET', '/', { cookie: own })).status).toBe(401);
    cookie = await signIn(host);
  });
});

describe('a window that is signed in', () => {
  it('gets pages with every protective header and a nonce of their own', async () => {
    clock.at += 61_000;
    const [one, two] = await Promise.all([
      ask(host.port, 'GET', '/', { cookie }),
      ask(host.port, 'GET', '/', { cookie }),
    ]);
    expect(one.status).toBe(200);
    const nonce = /nonce-([^']+)'/.exec(String(one.headers['content-security-policy']))?.[1] ?? 'none';
    expect(one.body).toContain(nonce);
    expect(one.body).toContain('data-theme="dark"');
    expect(one.body).not.toBe(two.body);
    const {
      'content-security-policy': policy,
      date: _date,
      connection: _connection,
      ...headers
    } = one.headers;
    expect(String(policy).replaceAll(nonce, 'N').replaceAll(host.host, 'HOST')).toMatchInlineSnapshot(
      `"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-N'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://HOST; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"`,
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
  });

  it('is asked before it takes the place of another one', async () => {
    clock.at += 61_000;
    const { WebSocket } = await import('ws');
    const ws = new WebSocket(`ws://${host.host}/ws`, { headers: { cookie, origin: host.origin } });
    await new Promise((resolve) => ws.once('open', resolve));
    const ask1 = (how: string) =>
      ask(host.port, 'POST', '/session', { cookie, origin: host.origin, 'x-keybench': how });
    expect((await ask1('1')).status).toBe(409);
    expect((await ask1('take-over')).status).toBe(200);
    ws.terminate();
  });
});

describe('paths (S16)', () => {
  it('give no byte that is not in the table', async () => {
    clock.at += 61_000;
    const paths = traversals();
    expect(paths.length).toBeGreaterThanOrEqual(200);
    for (const path of paths) {
      const answer = await ask(host.port, 'GET', path, { cookie }).catch(() => ({ status: 400, body: '' }));
      expect([400, 404], path).toContain(answer.status);
      expect(answer.body).not.toMatch(/root:|\[fonts\]|"name"/);
    }
  });
});

function traversals(): string[] {
  const ups = [
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '..%5c',
    '..\\',
    '....//',
    '..;/',
    '%252e%252e%252f',
    '..%c0%af',
    '.%2e/',
  ];
  const targets = [
    'etc/passwd',
    'package.json',
    'windows/win.ini',
    'keybench.db',
    '.git/config',
    'proc/self/environ',
  ];
  const prefixes = ['/', '/assets/', '/assets/../'];
  const paths: string[] = [];
  for (const prefix of prefixes)
    for (const up of ups) for (const target of targets) paths.push(`${prefix}${up.repeat(4)}${target}`);
  return [
    ...paths,
    '/index.html::$DATA',
    '/assets/app.js::$DATA',
    '/index.html%00.js',
    '/index.html%20',
    '/index.html.',
    '/INDEX.HTML',
    '/assets/app.js?raw',
    '/assets/app.js?import&url',
    '//127.0.0.1/etc/passwd',
    '/\\\\server\\share\\file',
    '/C:/windows/win.ini',
    '/file:///etc/passwd',
    '/@fs/etc/passwd',
    '/assets//app.js',
    '/./index.html',
  ];
}
