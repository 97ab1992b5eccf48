// Makes every icon format from the two drawings in assets/: node scripts/run.mjs scripts/icons.ts
// PNGs are screenshots by Chromium; .ico and .icns are containers of those PNGs, written here.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { ROOT } from './check/source-files.ts';
import { findBrowser } from './setup/find-program.mjs';

const ASSETS = path.join(ROOT, 'assets');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Up to this many pixels the bolder drawing is used. */
const SMALL = 32;
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Apple's type of each size; the ones with two names are also the double-density form of half the size. */
const ICNS_TYPES: [string, number][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
];
/** Apple's icon grid: the shape fills 824 of 1024 pixels. */
const APPLE_BODY = 824 / 1024;

/** @param body share of the square that the drawing fills */
async function draw(browser: Browser, size: number, body: number): Promise<Buffer> {
  const svg = readFileSync(path.join(ASSETS, size <= SMALL ? 'icon-small.svg' : 'icon.svg'), 'utf8');
  const side = Math.round(size * body);
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>html,body{margin:0;height:100%}body{display:grid;place-items:center}svg{width:${side}px;height:${side}px}</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}

/** Windows icon: a directory of entries, each a PNG. A side of 256 is written as 0. */
function ico(images: Map<number, Buffer>): Buffer {
  const header = Buffer.alloc(6 + 16 * ICO_SIZES.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(ICO_SIZES.length, 4);
  const bodies: Buffer[] = [];
  let offset = header.length;
  for (const [index, size] of ICO_SIZES.entries()) {
    const png = images.get(size)!;
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4); // colour planes
    header.writeUInt16LE(32, at + 6); // bits per pixel
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    bodies.push(png);
    offset += png.length;
  }
  return Buffer.concat([header, ...bodies]);
}

/** Apple icon: 'icns', total length, then type, length and PNG of each entry. */
function icns(images: Map<number, Buffer>): Buffer {
  const entries = ICNS_TYPES.map(([type, size]) => chunk(type, images.get(size)!));
  return chunk('icns', Buffer.concat(entries));
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

const executablePath = findBrowser();
if (!executablePath)
  throw new Error('Icons are drawn by Chromium or Chrome, and there is none. Install one.');
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const full = new Map<number, Buffer>();
  const padded = new Map<number, Buffer>();
  mkdirSync(path.join(ASSETS, 'icons'), { recursive: true });
  for (const size of SIZES) {
    full.set(size, await draw(browser, size, 1));
    padded.set(size, await draw(browser, size, APPLE_BODY));
    writeFileSync(path.join(ASSETS, `icons/${size}x${size}.png`), full.get(size)!);
  }
  writeFileSync(path.join(ASSETS, 'icon.ico'), ico(full));
  writeFileSync(path.join(ASSETS, 'icon.icns'), icns(padded));
  console.log(`icons  ${SIZES.length} PNGs, icon.ico, icon.icns`);
} finally {
  await browser.close();
}
