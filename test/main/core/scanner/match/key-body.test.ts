// Private keys are longer than what their rules look at.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { maskedLines } from '../../../../../main/core/scanner/match/context.ts';
import { createMatcher } from '../../../../../main/core/scanner/match/matcher.ts';
import { scanRules } from '../../../../../main/core/scanner/scan/scan-rules.ts';

const matcher = createMatcher(scanRules({ configs: [], enable: [], disable: [] }).set, []);
const { privateKey: PEM } = generateKeyPairSync('rsa', {
  modulusLength: 4096,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const lines = PEM.trim().split('\n');
const body = lines.slice(1, -1);

const ways: Record<string, string> = {
  'as it is': `before\n${PEM}after\n`,
  'with the line ends of Windows': PEM.replaceAll('\n', '\r\n'),
  'in YAML': `key: |\n${lines.map((line) => `    ${line}`).join('\n')}\nnext: value\n`,
  'in JSON': JSON.stringify({ before: 1, key: PEM, after: 2 }),
  'as strings that are joined': lines.map((line) => `  "${line}\\n" +`).join('\n'),
  'in a comment': lines.map((line) => `# ${line}`).join('\n'),
  'on one line': lines.join(' '),
  'without its end': lines.slice(0, -4).join('\n'),
};

/** Of everything that is shown when each line of it is looked at in turn. */
function shown(content: Uint8Array, count: number): string {
  const texts: string[] = [];
  for (let line = 1; line <= count; line++)
    texts.push(...maskedLines(content, line, 1, matcher).map(({ text }) => text));
  return texts.join('\n');
}

describe('no line of a private key is shown', () => {
  it.each(Object.entries(ways))('%s', (_, text) => {
    const text1 = shown(Buffer.from(text), text.split('\n').length);
    expect(text1).toContain('··');
    expect(body.filter((line) => text1.includes(line.slice(0, 16)))).toEqual([]);
  });

  it('in UTF-16', () => {
    const text = shown(Buffer.from(`\ufeff${ways['as it is']}`, 'utf16le'), 60);
    expect(body.filter((line) => text.includes(line.slice(0, 16)))).toEqual([]);
    expect(text).toContain('after');
  });

  it('and what stands behind it is', () => {
    const text = shown(Buffer.from(`${PEM}\nconst answer = 42;\n`), 60);
    expect(text).toContain('const answer = 42;');
    expect(matcher.match(Buffer.from(PEM)).matches).toHaveLength(1);
  });
});
