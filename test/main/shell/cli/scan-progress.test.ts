import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createScanProgress } from '../../../../main/shell/cli/scan-progress.ts';

function terminal(columns = 80) {
  const stream = Object.assign(new PassThrough(), { columns });
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk));
  return { stream, text: () => text, last: () => text.split('\r').at(-1)?.replace('\u001b[K', '') };
}
const progress = (part: object) => ({
  ...{ phase: 'read' as const, bytes: 0, bytesTotal: 0, objects: 0, objectsTotal: 0, findings: 0 },
  ...part,
});

it('shows share, findings and the time left, ten times a second at most, and wipes itself', () => {
  let now = 0;
  const { stream, text, last } = terminal();
  const line = createScanProgress(stream, true, () => now);
  line.show('/x/web-api', progress({ phase: 'list', objects: 1200 }));
  expect(last()).toBe('web-api  listing objects  1,200');
  now = 50;
  line.show('/x/web-api', progress({ bytes: 1, bytesTotal: 10 }));
  expect(last()).toBe('web-api  listing objects  1,200');
  now = 2000;
  line.show('/x/web-api', progress({ bytes: 500, bytesTotal: 1000, objectsTotal: 18_112, findings: 2 }));
  expect(last()).toBe('web-api  reading  50 % of 18,112  2 s left  2 found');
  line.note('Something to know.');
  expect(text().endsWith('\r\u001b[KSomething to know.\n')).toBe(true);
  const before = text();
  line.end();
  expect(text()).toBe(before);
});

it('says nothing where nobody looks, and fits any width', () => {
  const quiet = terminal();
  createScanProgress(quiet.stream, false).show('/x', progress({ objects: 1 }));
  expect(quiet.text()).toBe('');
  const narrow = terminal(20);
  createScanProgress(narrow.stream, true).show(
    `/x/${'long-name-'.repeat(10)}\u001b[2J`,
    progress({ objects: 1 }),
  );
  expect(narrow.last()).toHaveLength(19);
});
