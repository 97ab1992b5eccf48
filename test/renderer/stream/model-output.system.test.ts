// S17 in real Chromium: what a model writes never runs, never asks for anything and leaves no handler.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../../support/chromium.ts';
import { type OpenStage, openStage } from './stage.ts';
import type { Stage } from './stage-page.tsx';
import { XSS_CORPUS, XSS_SPLIT } from './xss-corpus.ts';

type Window = { stage: Stage };
let stage: OpenStage;

describe.skipIf(!chromiumPath)('ModelOutput in Chromium', () => {
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());
  const quiet = async () => {
    expect(await stage.page.evaluate(() => (window as unknown as Window).stage.fired)).toEqual([]);
    expect(stage.requests).toEqual([]);
    expect(stage.problems).toEqual([]);
  };

  it('has a corpus of 300 payloads and more, none twice', () => {
    expect(new Set(XSS_CORPUS).size).toBeGreaterThanOrEqual(300);
  });

  it('would find a leak: the check and the listeners see one that is planted', async () => {
    const seen = await stage.page.evaluate(async () => {
      const { stage, __fire } = window as unknown as Window & { __fire(what: string): void };
      await stage.draw('text', 'markdown');
      const area = document.querySelector('.output-lane') as HTMLElement;
      area.append(
        Object.assign(document.createElement('img'), {
          onerror: () => __fire('planted'),
          src: 'https://evil.test/planted',
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      const result = { findings: stage.findings(), fired: [...stage.fired] };
      stage.fired.length = 0;
      return result;
    });
    expect(seen.findings).toContain('<img>');
    expect(seen.fired).toEqual(expect.arrayContaining(['planted', 'csp img-src']));
    stage.requests.length = 0;
  });

  for (const view of ['markdown', 'text'] as const) {
    it(`draws every payload without harm, as ${view}`, async () => {
      const found = await stage.page.evaluate(
        async ({ payloads, view }) => {
          const { stage } = window as unknown as Window;
          const found: string[] = [];
          // Together, each in its own paragraph, and the shorter half each alone.
          for (const text of [payloads.join('\n\n'), ...payloads.filter((_, i) => i % 6 === 0)]) {
            await stage.draw(text, view);
            found.push(...stage.findings().map((one) => `${one} from ${text.slice(0, 80)}`));
          }
          return found;
        },
        { payloads: XSS_CORPUS, view },
      );
      expect(found).toEqual([]);
      await quiet();
    });
  }

  it('draws payloads that are split at every character without harm', async () => {
    const { splits, found } = await stage.page.evaluate(
      (payloads) => (window as unknown as Window).stage.sweep([...payloads]),
      XSS_SPLIT,
    );
    expect(splits).toBeGreaterThan(4000);
    expect(found).toEqual([]);
    await quiet();
  });

  it('opens links by click and by Enter through the app, https alone, and never navigates', async () => {
    const opened = await stage.page.evaluate(async (payloads) => {
      const { stage } = window as unknown as Window;
      await stage.draw(payloads.join('\n\n'), 'markdown');
      stage.opened.length = 0;
      for (const link of document.querySelectorAll<HTMLElement>('.output-lane a')) {
        link.click();
        link.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        link.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true, cancelable: true }));
      }
      return [...stage.opened];
    }, XSS_CORPUS);
    expect(opened.length).toBeGreaterThan(10);
    expect(opened.filter((url) => !url.startsWith('https://'))).toEqual([]);
    expect(opened.filter((url) => url.includes('@'))).toEqual([]);
    expect(stage.page.url()).toBe('http://localhost:1/');
    await quiet();
  });

  it('keeps no host name that the browser could look up ahead of a click', async () => {
    const anchors = await stage.page.evaluate(async () => {
      await (window as unknown as Window).stage.draw('[a](https://one.test/) https://two.test/', 'markdown');
      return [...document.querySelectorAll('.output-lane a')].map((link) => [
        link.getAttribute('data-url'),
        link.hasAttribute('href'),
      ]);
    });
    expect(anchors).toEqual([
      ['https://one.test/', false],
      ['https://two.test/', false],
    ]);
  });

  it('survives nesting and repetition made to stop a parser', async () => {
    const lengths = await stage.page.evaluate(async () => {
      const { stage } = window as unknown as Window;
      const hostile = [
        '>'.repeat(5000),
        '['.repeat(5000),
        `${'*a '.repeat(5000)}`,
        '- '.repeat(2000),
        `${'`'.repeat(3000)}x`,
        '<'.repeat(5000),
        `${'|a'.repeat(2000)}\n${'|-'.repeat(2000)}\n`,
      ];
      const lengths: number[] = [];
      for (const text of hostile) {
        const begun = performance.now();
        await stage.draw(text, 'markdown');
        lengths.push(Math.round(performance.now() - begun));
      }
      return lengths;
    });
    expect(Math.max(...lengths)).toBeLessThan(20_000);
    await quiet();
  });
});
