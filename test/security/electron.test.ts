// S18, S19 and Electron's own checklist, over the stub: https://www.electronjs.org/docs/latest/tutorial/security
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Asset } from '../../main/shell/assets.ts';
import { answer, registerAppScheme } from '../../main/shell/electron/app-protocol.ts';
import { forbidNavigation } from '../../main/shell/electron/navigation.ts';
import { openLink } from '../../main/shell/electron/open-link.ts';
import { denyPermissions } from '../../main/shell/electron/permissions.ts';
import { openWindow, windowOptions } from '../../main/shell/electron/window.ts';
import { allowedLink } from '../../main/shell/link-rule.ts';
import { BrowserWindow, protocol, StubContents, StubSession, shell } from '../support/electron-stub.ts';

describe('windows (2, 3, 4, 6, 8 to 11)', () => {
  it('have exactly these options', () => {
    expect(windowOptions('PRELOAD', true)).toMatchInlineSnapshot(`
      {
        "autoHideMenuBar": true,
        "backgroundColor": "#0d0f13",
        "height": 900,
        "minHeight": 480,
        "minWidth": 720,
        "show": false,
        "title": "Keybench",
        "webPreferences": {
          "allowRunningInsecureContent": false,
          "contextIsolation": true,
          "disableBlinkFeatures": "Auxclick",
          "experimentalFeatures": false,
          "navigateOnDragDrop": false,
          "nodeIntegration": false,
          "nodeIntegrationInSubFrames": false,
          "nodeIntegrationInWorker": false,
          "preload": "PRELOAD",
          "sandbox": true,
          "spellcheck": false,
          "webSecurity": true,
          "webviewTag": false,
        },
        "width": 1440,
      }
    `);
  });

  it('load our own page over app:// (1)', async () => {
    const window = (await openWindow('/dist')) as unknown as BrowserWindow;
    expect(window.loaded).toEqual(['app://keybench/index.html']);
    expect(BrowserWindow.all).toHaveLength(1);
  });

  it('sandbox every renderer before Electron is ready', () => {
    const source = readFileSync('main/shell/electron/main.ts', 'utf8');
    expect(source.indexOf('app.enableSandbox()')).toBeGreaterThan(0);
    // `start` waits for ready; it must be called after the sandbox was switched on.
    expect(source.indexOf('app.enableSandbox()')).toBeLessThan(source.indexOf('void start()'));
  });
});

describe('permissions (5)', () => {
  it('are all refused but writing plain text to the clipboard', () => {
    const session = new StubSession();
    denyPermissions(session as never);
    const { request, check, device } = session.handlers as Record<string, (...args: unknown[]) => unknown>;
    const names = [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'hid',
      'serial',
      'usb',
      'clipboard-read',
      'openExternal',
      'fullscreen',
      'pointerLock',
      'idle-detection',
      'fileSystem',
      'unknown',
    ];
    for (const name of names) {
      const decide = vi.fn();
      request?.({}, name, decide);
      expect(decide, name).toHaveBeenCalledWith(false);
      expect(check?.({}, name), name).toBe(false);
    }
    const decide = vi.fn();
    request?.({}, 'clipboard-sanitized-write', decide);
    expect(decide).toHaveBeenCalledWith(true);
    expect(device?.({})).toBe(false);
  });
});

describe('navigation (12, 13, 14)', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'prevents %s',
    (event) => {
      const contents = new StubContents();
      forbidNavigation(contents as never);
      const preventDefault = vi.fn();
      contents.emit(event, { preventDefault, url: 'app://keybench/index.html' });
      expect(preventDefault).toHaveBeenCalledOnce();
    },
  );

  it('opens no window', () => {
    const contents = new StubContents();
    forbidNavigation(contents as never);
    expect(contents.openHandler?.({ url: 'https://example.com' })).toEqual({ action: 'deny' });
  });
});

const HOSTILE = [
  'http://example.com',
  'file:///etc/passwd',
  'file://server/share',
  'smb://server/share',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'calculator://',
  'ms-msdt:/id',
  'ms-officecmd:{}',
  'ms-settings:',
  'search-ms:query=x',
  'mailto:a@b.example',
  'tel:1',
  'ssh://host',
  'telnet://host',
  'ftp://host',
  'sftp://host',
  'ldap://host',
  'jar:file:///x!/y',
  'view-source:https://a.example',
  'about:blank',
  'chrome://settings',
  'app://keybench/index.html',
  'blob:https://a.example/x',
  'ws://a.example',
  'intent://x#Intent;end',
  'vscode://file/x',
  'steam://run/1',
  'x-apple.systempreferences:',
  'zoommtg://x',
  'https//no-colon',
  '',
  'https://',
  'not a link',
  'https://trusted.example@attacker.example/',
  'https://user:pass@a.example/',
  '//a.example',
  '/etc/passwd',
  'C:\\Windows\\x.exe',
];

describe('links (15, S18)', () => {
  it(`hands none of ${HOSTILE.length} hostile links to the system`, async () => {
    for (const link of HOSTILE)
      await expect(openLink(link), link).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    expect(shell.openExternal).not.toHaveBeenCalled();
  });
  it('opens https', async () => {
    await openLink('https://platform.claude.com/settings/keys');
    expect(shell.openExternal).toHaveBeenCalledExactlyOnceWith('https://platform.claude.com/settings/keys');
    expect(allowedLink('https://example.com')).toBe('https://example.com/');
  });
});

describe('app:// (18, 7)', () => {
  const table: ReadonlyMap<string, Asset> = new Map([
    ['/index.html', { body: Buffer.from('<p nonce="__CSP_NONCE__">'), type: 'text/html; charset=utf-8' }],
    ['/assets/a.js', { body: Buffer.from('1'), type: 'text/javascript' }],
  ]);
  it('serves the table with the policy', async () => {
    const page = answer('app://keybench/', 'GET', table);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(await page.text()).toBe(`<p nonce="${nonce}">`);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(answer('app://keybench/assets/a.js?x#y', 'GET', table).status).toBe(200);
  });
  it.each([
    'app://other/index.html',
    'app://keybench.attacker/index.html',
    'app://keybench/../index.html',
    'app://keybench/assets/../index.html',
    'app://keybench/%2e%2e/index.html',
    'app://keybench/assets%2fa.js',
    'app://keybench/assets/..%5ca.js',
    'app://keybench//index.html',
    'app://user@keybench/index.html',
    'app://keybench:1/index.html',
    'APP://KEYBENCH/index.html',
    'file:///index.html',
    'app://keybench/etc/passwd',
  ])('refuses %s', (url) => {
    expect(answer(url, 'GET', table).status).toBe(404);
  });
  it('refuses other methods', () => expect(answer('app://keybench/', 'POST', table).status).toBe(404));
  it('is a standard, secure scheme without privileges to bypass the policy', () => {
    registerAppScheme();
    expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
  });
});
