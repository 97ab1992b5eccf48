// A process that has just begun does not know the stored keys yet; what it keeps must wait for them, within reason.
import { afterEach, describe, expect, test } from 'vitest';
import { type Bench, startKeyService } from '../../../support/key-service.ts';

const SECRET = 'sk-CANARY-learnt-0123456789';
const NEW = { name: 'prod', provider: 'openai', baseUrl: 'https://api.openai.com/v1', secret: SECRET };
let bench: Bench;
afterEach(() => bench.close());

describe('learnt', () => {
  test('resolves at once, without a look at the keychain, when nothing is stored there', async () => {
    bench = startKeyService();
    await bench.service.learnt();
    expect(bench.keychain.probes).toBe(0);
  });

  test('after a start, the scrubber knows the keys when it resolves', async () => {
    bench = startKeyService();
    await bench.service.probe();
    await bench.service.add(NEW);
    bench = bench.crash();
    expect(bench.scrubber.text(SECRET)).toBe(SECRET);
    await bench.service.learnt();
    expect(bench.scrubber.text(SECRET)).toBe('[key:prod]');
    const { probes } = bench.keychain;
    await bench.service.learnt();
    expect(bench.keychain.probes).toBe(probes);
  });

  test('a keychain that never answers, or refuses, does not hold it up for ever', async () => {
    bench = startKeyService({ lookMs: 50 });
    await bench.service.probe();
    await bench.service.add(NEW);
    bench = bench.crash();
    bench.keychain.before = () => new Promise(() => {});
    await bench.service.learnt();
    bench = bench.crash();
    bench.keychain.before = () => {};
    bench.keychain.state = 'hung';
    await bench.service.learnt();
  });
});
