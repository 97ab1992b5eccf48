import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/check/source-files.ts';

const asset = (file: string) => readFileSync(path.join(ROOT, 'assets', file));
/** Width and height from a PNG's first chunk. */
const pngSize = (png: Buffer) => {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

describe('the icon files', () => {
  test.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])('a PNG of %i pixels', (size) => {
    expect(pngSize(asset(`icons/${size}x${size}.png`))).toEqual([size, size]);
  });

  test('the Windows icon holds a PNG of each size it announces', () => {
    const file = asset('icon.ico');
    const sizes = Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
      const at = 6 + 16 * index;
      const from = file.readUInt32LE(at + 12);
      const [width] = pngSize(file.subarray(from, from + file.readUInt32LE(at + 8)));
      expect(file.readUInt8(at) || 256).toBe(width);
      return width;
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  test('the Apple icon is a chain of PNGs that ends where it says', () => {
    const file = asset('icon.icns');
    expect(file.subarray(0, 4).toString()).toBe('icns');
    expect(file.readUInt32BE(4)).toBe(file.length);
    const found: [string, number | undefined][] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
      found.push([file.subarray(at, at + 4).toString(), pngSize(file.subarray(at + 8))[0]]);
    expect(Object.fromEntries(found)).toMatchObject({ ic07: 128, ic08: 256, ic09: 512, ic10: 1024 });
  });
});
