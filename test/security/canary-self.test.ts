// The canary test can only be trusted if it would have found a leak: here one is planted in each channel that it
// watches, by the real means of that channel, and all of them must be found.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Canaries, createCanaries, ODD } from '../support/canary/canaries.ts';
import { lookThroughFiles } from '../support/canary/files.ts';
import { createFrameTap } from '../support/canary/frame-tap.ts';
import { channelsByKey, createLedger, type Ledger } from '../support/canary/ledger.ts';
import { encodedPlants } from '../support/canary/plants.ts';
import { startCanaryProvider } from '../support/canary/provider.ts';

const pasted: ReadonlySet<string> = new Set(['pasted']);
let canaries: Canaries;
let ledger: Ledger;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'keybench-planted-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const fresh = () => {
  canaries = createCanaries();
  ledger = createLedger(canaries);
};
const secretOf = (alias: string, odd = '') => canaries.make(alias, odd).secret;
const found = () => channelsByKey(ledger);

describe('in files', () => {
  it.each([
    ['plain', ''],
    ['odd', ODD],
  ])('a %s key is found in every encoding', (name, odd) => {
    fresh();
    const folder = path.join(dir, name);
    mkdirSync(folder);
    const planted = Object.keys(encodedPlants('x'));
    for (const [at, encoding] of planted.entries())
      writeFileSync(path.join(folder, String(at)), encodedPlants(secretOf(encoding, odd))[encoding]!);
    lookThroughFiles(ledger, { root: folder });
    const places = new Set(ledger.findings.map(({ where }) => planted[Number(where)]));
    expect([...places].sort()).toEqual(planted.sort());
  });

  it('names, links, logs, profiles, tables, blobs, search indexes, deleted rows and the -wal are looked at', () => {
    fresh();
    const root = path.join(dir, 'places');
    mkdirSync(path.join(root, 'chromium', 'Default'), { recursive: true });
    writeFileSync(path.join(root, secretOf('file name')), 'x');
    symlinkSync(`/nowhere/${secretOf('link')}`, path.join(root, 'link'));
    writeFileSync(path.join(root, 'app.log'), `error ${secretOf('log')}\n`);
    writeFileSync(
      path.join(root, 'chromium/Default/Preferences'),
      JSON.stringify({ a: secretOf('profile') }),
    );
    const db = new DatabaseSync(path.join(root, 'app.db'));
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
      CREATE TABLE t (a TEXT, b BLOB, c TEXT); CREATE VIRTUAL TABLE f USING fts5(words, content='');`);
    const insert = db.prepare('INSERT INTO t (a, b) VALUES (?, ?)');
    insert.run(secretOf('text cell'), null);
    insert.run(null, encodedPlants(secretOf('packed blob')).gzip!);
    insert.run(secretOf('deleted row'), null);
    db.prepare('INSERT INTO f (rowid, words) VALUES (1, ?)').run(secretOf('search index'));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM t WHERE rowid = 3;');
    insert.run(secretOf('-wal'), null);
    lookThroughFiles(ledger, {
      root,
      channelOf: (file) =>
        file.endsWith('-wal') ? 'database -wal' : path.relative(root, file).split(path.sep)[0]!,
    });
    db.close();
    const places: Record<string, string[]> = {
      'file name': ['file name'],
      link: ['link'],
      log: ['app.log'],
      profile: ['chromium'],
      'text cell': ['app.db', 'database cell'],
      'packed blob': ['app.db', 'database cell'],
      'deleted row': ['app.db'],
      'search index': ['app.db', 'database cell'],
      '-wal': ['database -wal', 'database cell'],
    };
    for (const [alias, channels] of Object.entries(places))
      expect(found()[alias], alias).toEqual(expect.arrayContaining(channels));
  });
});

describe('in frames', () => {
  const tap = () => createFrameTap(ledger, { post: () => {}, pasted });
  const open = (m: string, p: object, id = 1) => JSON.stringify({ t: 'open', id, m, p });

  it('a key is found everywhere but in the one field for it', () => {
    fresh();
    const frames = tap();
    frames.sent(open('keys.add', { name: 'a', secret: secretOf('the field') }));
    frames.sent(open('keys.add', { name: secretOf('name'), secret: 'x' }, 2));
    frames.sent(open('keys.rename', { secret: secretOf('no such field') }, 3));
    frames.sent(open('history.list', { q: secretOf('pasted') }, 4));
    frames.sent(open('keys.rename', { name: canaries.all[3]!.secret }, 5));
    frames.received(JSON.stringify({ t: 'done', id: 1, r: { last4: secretOf('answer') } }));
    frames.received(
      JSON.stringify({ t: 'fail', id: 2, e: { code: 'INTERNAL', message: secretOf('error') } }),
    );
    expect(found()).toEqual({
      name: ['frame in'],
      'no such field': ['frame in'],
      pasted: ['frame in'],
      answer: ['frame out'],
      error: ['frame out'],
    });
    expect(ledger.allowed('frame in, secret field', 'the field')).toBe(1);
  });

  it('a key in pieces is found, one letter an event', () => {
    fresh();
    const frames = tap();
    frames.sent(open('requests.send', { draft: {} }));
    for (const s of `it is ${secretOf('pieces')}.`)
      frames.received(JSON.stringify({ t: 'events', id: 1, e: [{ k: 'ev', l: 'text', s }] }));
    expect(found()).toEqual({ pieces: ['streamed text'] });
  });
});

describe('at servers', () => {
  it('a key is found at the wrong host, and at the right one outside the header for it', async () => {
    fresh();
    const names = ['right', 'other', 'raw bytes', 'pasted'];
    const [right, other, bytes, typed] = names.map((name) => canaries.make(name));
    const options = { pasted, elsewhere: 'http://127.0.0.1:9', demo: 'http://127.0.0.1:9' };
    const provider = await startCanaryProvider(ledger, { ...options, owner: right! });
    const nobody = await startCanaryProvider(ledger, { ...options, owner: null });
    const ask = (origin: string, init: RequestInit = {}, address = '/status-500/x') =>
      fetch(origin + address, { method: 'POST', ...init }).then((answer) => answer.text());
    await ask(provider.origin, {
      headers: { authorization: `Bearer ${right!.secret}` },
      body: typed!.secret,
    });
    expect(ledger.lines()).toEqual([]);
    expect(provider.keys()).toBe(1);

    await ask(provider.origin, { headers: { 'x-api-key': other!.secret } });
    await ask(provider.origin, { headers: { 'x-note': right!.secret } });
    await ask(provider.origin, {}, `/status-500/?key=${right!.secret}`);
    await ask(provider.origin, { body: right!.secret });
    await ask(nobody.origin, { body: typed!.secret });
    const socket = connect(Number(new URL(nobody.origin).port), '127.0.0.1');
    socket.end(`\x16\x03\x01 ${bytes!.secret}`);
    await expect.poll(() => ledger.findings.some(({ alias }) => alias === 'raw bytes')).toBe(true);
    expect(found()).toEqual({
      right: ['request address', 'request body', 'request headers'],
      other: ['network'],
      pasted: ['network', 'request body'],
      'raw bytes': ['network'],
    });
    await Promise.all([provider.close(), nobody.close()]);
  });
});
