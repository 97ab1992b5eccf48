// The budget of the first paint: what index.html loads, and whatever that imports statically.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { builtRenderer } from '../support/renderer-build.ts';

const LIMIT = 230_000;

test('the window starts with at most 230 kB of JavaScript, gzip', async () => {
  const files = await builtRenderer();
  const html = files.get('/index.html')!.body.toString();
  const start = new Set<string>();
  const visit = (name: string) => {
    if (start.has(name)) return;
    start.add(name);
    const code = files.get(name)!.body.toString();
    for (const [, imported] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      visit(`/assets/${imported}`);
  };
  for (const [, src] of html.matchAll(/<script[^>]+src="([^"]+)"/g)) visit(src!);
  const bytes = [...start].reduce((sum, name) => sum + gzipSync(files.get(name)!.body).length, 0);
  console.log(`start JavaScript: ${(bytes / 1000).toFixed(1)} kB gzip in ${start.size} files`);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(LIMIT);
});

test('nothing runs inline and every script and style carries the place of the nonce', async () => {
  const html = (await builtRenderer()).get('/index.html')!.body.toString();
  expect(html).not.toMatch(/<style|\son\w+=|style=|javascript:/i);
  const tags = html.match(/<script[^>]*>|<link rel="stylesheet"[^>]*>/g) ?? [];
  expect(tags.length).toBeGreaterThanOrEqual(2);
  for (const tag of tags) {
    expect(tag).toContain('nonce="__CSP_NONCE__"');
    expect(tag).toMatch(/(src|href)="\/assets\/[^"]+-[\w-]{8}\.(js|css)"/);
  }
  for (const [script] of html.matchAll(/<script[^>]*>[^<]*<\/script>/g))
    expect(script).toMatch(/><\/script>$/);
});
