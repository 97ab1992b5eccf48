// S7: while the keyring cannot take a key, and nobody has agreed to anything else, the key is written nowhere.
import { afterAll, describe, expect, it } from 'vitest';
import { createHome, runCommand } from '../support/canary/app.ts';
import { createCanaries } from '../support/canary/canaries.ts';
import { lookThroughFiles } from '../support/canary/files.ts';
import { createLedger } from '../support/canary/ledger.ts';
import { type Keyring, type KeyringState, keyringMissing, startKeyring } from '../support/keyring.ts';

const missing = keyringMissing();
if (missing) console.warn(`Keys without a keyring are not tested: ${missing}.`);

type Trouble = KeyringState | 'killed' | 'frozen';
const TROUBLES: Trouble[] = [
  'locked',
  'wrong-password',
  'no-collection',
  'no-answer',
  'absent',
  'dead-bus',
  'no-bus',
  'killed',
  'frozen',
];

describe.skipIf(missing).concurrent('a key given while the keyring is', () => {
  const open: Keyring[] = [];
  afterAll(() => Promise.all(open.map((keyring) => keyring.close())));

  it.each(TROUBLES)('%s is refused and left nowhere', async (trouble) => {
    const late = trouble === 'killed' || trouble === 'frozen';
    const keyring = await startKeyring({ state: late ? 'unlocked' : trouble });
    open.push(keyring);
    if (trouble === 'killed') await keyring.kill();
    if (trouble === 'frozen') keyring.freeze();
    const canaries = createCanaries();
    const ledger = createLedger(canaries);
    const home = createHome(keyring.dir, keyring.env);
    const { secret } = canaries.make(trouble);
    const args = ['keys', 'add', 'mine', '--provider', 'openai', '--json'];
    const { code, stderr } = await runCommand(ledger, home, args, secret);
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).not.toMatch(/inside Keybench/);
    lookThroughFiles(ledger, { root: home.dir });
    expect(ledger.lines()).toEqual([]);
    expect(ledger.seen('file').items).toBeGreaterThan(1);
    if (trouble === 'frozen') keyring.thaw();
  });
});
