// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlainSection } from '../../../renderer/stream/plain-section.ts';

const draw = (parts: string[]) => {
  const element = document.createElement('div');
  const section = new PlainSection(element, null);
  for (const part of parts) section.write(part);
  return [...element.children].map((block) => block.textContent ?? '');
};

describe('PlainSection', () => {
  it('breaks blocks only where a line ends, so that the screen shows the text line by line', () => {
    const line = fc.stringMatching(/^[a-z ]{0,300}$/);
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 120 }),
        fc.array(fc.nat(700), { maxLength: 60 }),
        (lines, cuts) => {
          const text = lines.join('\n');
          const parts: string[] = [];
          let at = 0;
          for (const cut of cuts) {
            parts.push(text.slice(at, at + cut));
            at += cut;
          }
          parts.push(text.slice(at));
          const blocks = draw(parts);
          expect(blocks.join('\n')).toBe(text);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps blocks small in a long text', () => {
    const blocks = draw([`${'word '.repeat(20)}\n`.repeat(1000)]);
    expect(blocks.length).toBeGreaterThan(15);
    expect(Math.max(...blocks.map((block) => block.length))).toBeLessThan(5000);
  });

  it('breaks a line of megabytes instead of holding it in one node', () => {
    const blocks = draw(['x'.repeat(200_000)]);
    expect(blocks.join('')).toBe('x'.repeat(200_000));
    expect(Math.max(...blocks.map((block) => block.length))).toBeLessThanOrEqual(32_000);
  });
});
