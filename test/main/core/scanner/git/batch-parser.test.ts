import { describe, expect, it } from 'vitest';
import { BatchParser } from '../../../../../main/core/scanner/git/batch-parser.ts';

const oid = (digit: string) => digit.repeat(40);

const ANSWERS = Buffer.concat([
  Buffer.from(`${oid('1')} blob 5\nab\ncd\n`),
  Buffer.from(`${oid('2')} missing\n`),
  Buffer.from(`${oid('3')} blob 0\n\n`),
  Buffer.from(`${oid('4')} commit 3\n\0\n\0\n`),
  Buffer.from(`${oid('5')} tree 12\n`),
  Buffer.alloc(12, 'x'),
  Buffer.from(`\n${oid('6')} tag 1\nz\n`),
]);

function collect(maxBytes?: number, wait?: () => Promise<void>) {
  const seen: string[] = [];
  const parser = new BatchParser(
    {
      onObject(id, type, content) {
        seen.push(`${id[0]} ${type} ${Buffer.from(content).toString('latin1')}`);
        return wait?.();
      },
      onMissing: (id) => void seen.push(`${id[0]} missing`),
      onTooBig: (id, size) => void seen.push(`${id[0]} too big ${size}`),
    },
    maxBytes,
  );
  return { parser, seen };
}

const EXPECTED = [
  '1 blob ab\ncd',
  '2 missing',
  '3 blob ',
  '4 commit \0\n\0',
  `5 tree ${'x'.repeat(12)}`,
  '6 tag z',
];

describe('answers of cat-file', () => {
  it('are read the same however they are cut', () => {
    for (let size = 1; size <= ANSWERS.length; size++) {
      const { parser, seen } = collect();
      for (let at = 0; at < ANSWERS.length; at += size) parser.push(ANSWERS.subarray(at, at + size));
      expect(seen, `pieces of ${size}`).toEqual(EXPECTED);
    }
  });

  it('and the same with a handler that takes its time', async () => {
    for (const size of [1, 7, 64, ANSWERS.length]) {
      const { parser, seen } = collect(undefined, () => Promise.resolve());
      for (let at = 0; at < ANSWERS.length; at += size) await parser.push(ANSWERS.subarray(at, at + size));
      expect(seen).toEqual(EXPECTED);
    }
  });

  it('are views of the piece where they lie in one, so nothing is copied', () => {
    const views: ArrayBufferLike[] = [];
    const parser = new BatchParser({
      onObject: (_id, _type, content) => void views.push(content.buffer),
      onMissing: () => {},
      onTooBig: () => {},
    });
    parser.push(ANSWERS);
    expect(views.every((buffer) => buffer === ANSWERS.buffer)).toBe(true);
  });

  it('that are too large are passed over', () => {
    for (const size of [1, 5, ANSWERS.length]) {
      const { parser, seen } = collect(4);
      for (let at = 0; at < ANSWERS.length; at += size) parser.push(ANSWERS.subarray(at, at + size));
      expect(seen).toEqual([
        '1 too big 5',
        '2 missing',
        '3 blob ',
        '4 commit \0\n\0',
        '5 tree too big 12'.replace(' tree', ''),
        '6 tag z',
      ]);
    }
  });

  it('in no known form are an error, not an endless header', () => {
    const { parser } = collect();
    expect(() => parser.push(Buffer.alloc(1000, 'x'))).toThrow('not known');
    expect(() => collect().parser.push(Buffer.from(`${oid('1')} blob x\n`))).toThrow('not known');
  });
});
