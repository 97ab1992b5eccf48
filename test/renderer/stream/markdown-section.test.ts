// @vitest-environment happy-dom
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { FlushScheduler } from '../../../renderer/stream/flush-scheduler.ts';
import { MarkdownSink } from '../../../renderer/stream/markdown-sink.ts';
import { httpsUrl, lexBlocks, renderBlocks } from '../../../renderer/stream/safe-markdown.ts';
import { FakeFrames } from './fake-frames.ts';
import { XSS_CORPUS } from './xss-corpus.ts';

beforeAll(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});

function setUp() {
  const frames = new FakeFrames();
  const root = document.createElement('div');
  document.body.append(root);
  const caret = document.createElement('span');
  const sink = new MarkdownSink({
    root,
    scroller: root,
    caret,
    scheduler: new FlushScheduler(frames),
    onWrite: () => {},
  });
  const settle = () => {
    for (let i = 0; i < 80; i++) frames.tick(100);
  };
  return { frames, root, sink, settle, caret };
}

function drawn(parts: string[]): string {
  const { frames, root, sink, settle } = setUp();
  for (const part of parts) {
    if (part) sink.write('text', part);
    frames.tick(100);
  }
  sink.end();
  settle();
  return [...root.querySelectorAll('.output-block')].map((block) => block.innerHTML.trim()).join('\n');
}

const DOCUMENT = `# Title

A paragraph with **bold**, \`code\` and a [link](https://example.test/).

1. one
2. two

   more of two

- a
- b
  - c

\`\`\`json
{"a": [1, 2]}
\`\`\`

| h | k |
|---|---|
| 1 | 2 |

> quote
> goes on

[late][ref] and the end

[ref]: https://late.test/
`;

describe('incremental Markdown', () => {
  it('ends with what the whole text alone would give, however it was cut', () => {
    const whole = drawn([DOCUMENT]);
    expect(whole).toContain('https://late.test/');
    fc.assert(
      fc.property(fc.array(fc.nat(DOCUMENT.length), { maxLength: 25 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), DOCUMENT.length];
        expect(drawn(places.slice(1).map((end, i) => DOCUMENT.slice(places[i], end)))).toBe(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('draws a finished block once and reads only the tail again', () => {
    const { frames, root, sink } = setUp();
    sink.write('text', 'First paragraph.\n\nSecond paragraph.\n\nThird');
    frames.tick(100);
    const firstDrawn = () => root.querySelector('.output-block')?.firstChild;
    const first = firstDrawn();
    expect(first?.textContent).toContain('First paragraph.');
    for (let i = 0; i < 20; i++) {
      sink.write('text', ` word ${i}`);
      frames.tick(2000);
    }
    expect(firstDrawn()).toBe(first);
    expect(root.textContent).toContain('Third word 0');
    expect(root.textContent).toContain('word 19');
  });

  it('keeps the caret behind the last character', () => {
    const { frames, sink, caret } = setUp();
    sink.write('text', 'Para\n\n- item one\n- item two');
    frames.tick(100);
    expect(caret.parentElement?.tagName).toBe('LI');
    expect(caret.parentElement?.textContent).toBe('item two');
    sink.end();
    expect(caret.isConnected).toBe(false);
  });

  it('reads CRLF that is cut between two deltas as one line break', () => {
    expect(drawn(['one\r', '\ntwo\r\n\r', '\nthree'])).toBe(drawn(['one\ntwo\n\nthree']));
  });

  it('goes on as plain text past 200 KB, and says so', () => {
    const { root, sink, settle } = setUp();
    sink.write('text', 'word '.repeat(30_000));
    sink.write('text', '**more** '.repeat(8_000));
    settle();
    expect(root.querySelector('.output-note')?.textContent).toContain('200 KB');
    expect(root.querySelector('.output-plain')?.textContent).toContain('**more**');
  });

  it('keeps other lanes plain', () => {
    const { root, sink, settle } = setUp();
    sink.write('thinking', '**not bold**');
    sink.write('text', '**bold**');
    settle();
    expect(root.querySelector('.output-lane-thinking')?.textContent).toContain('**not bold**');
    expect(root.querySelector('.output-lane-text strong')?.textContent).toBe('bold');
  });
});

describe('renderBlocks', () => {
  it.each(XSS_CORPUS.map((payload) => [payload]))('leaves nothing that acts: %j', (payload) => {
    const host = document.createElement('div');
    host.append(renderBlocks([...lexBlocks(payload)]));
    expect(
      host.querySelector(
        'script, img, svg, iframe, object, embed, style, link, meta, base, form, input, button, video, audio, math, template',
      ),
    ).toBeNull();
    for (const element of host.querySelectorAll('*')) {
      for (const { name } of element.attributes)
        expect(name).not.toMatch(/^on|^(?:href|src|srcset|style|id|name|action|formaction)$/);
    }
  });

  it('shows raw HTML as it was written', () => {
    const host = document.createElement('div');
    host.append(renderBlocks([...lexBlocks('a <div class="x">b</div>')]));
    expect(host.textContent?.trim()).toBe('a <div class="x">b</div>');
  });

  it('names an image in place of loading it', () => {
    const host = document.createElement('div');
    host.append(renderBlocks([...lexBlocks('![A cat](https://example.test/cat.png)')]));
    expect(host.textContent?.trim()).toBe('Image, not loaded: A cat');
    expect(host.querySelector('a')?.getAttribute('data-url')).toBe('https://example.test/cat.png');
  });
});

describe('httpsUrl', () => {
  it.each([
    ['https://example.test/a b', 'https://example.test/a%20b'],
    ['HTTPS://Example.test', 'https://example.test/'],
    ['http://example.test/', null],
    ['https://user:pass@example.test/', null],
    ['javascript:alert(1)', null],
    ['//example.test', null],
    [`https://example.test/${'x'.repeat(5000)}`, null],
  ])('%s', (href, url) => {
    expect(httpsUrl(href)).toBe(url);
  });
});
