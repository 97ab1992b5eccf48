import { expect, test } from 'vitest';
import { setUp } from '../../../scripts/setup/index.mjs';
import { runCommand } from '../../../scripts/setup/run-command.mjs';

test('a clone that is set up is only looked at: quickly, and without a word', async () => {
  await setUp({ for: 'cli', quiet: true });
  const written: string[] = [];
  const original = process.stderr.write;
  process.stderr.write = ((text: string) => written.push(text) > 0) as typeof process.stderr.write;
  const start = performance.now();
  try {
    await setUp({ for: 'build' });
  } finally {
    process.stderr.write = original;
  }
  expect(performance.now() - start).toBeLessThan(1000); // measured: 15 ms
  expect(written).toEqual([]);
});

test('the Node it names is 24 or newer and runs TypeScript unbuilt', async () => {
  const { node } = await setUp({ for: 'build', quiet: true });
  const { out } = await runCommand(
    node,
    ['-p', 'parseInt(process.versions.node) >= 24 && process.features.typescript'],
    {
      seconds: 20,
    },
  );
  expect(out.trim()).toBe('strip');
});

test('keytar loads on that Node, or one sentence says why not', async () => {
  const { keytar, keytarReason } = await setUp({ for: 'cli', quiet: true });
  if (keytar) expect(keytarReason).toBe('');
  else expect(keytarReason).toMatch(/^The OS keychain cannot be used: .+\.$/);
});
