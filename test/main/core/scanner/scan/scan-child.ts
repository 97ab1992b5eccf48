// A process that scans, to be killed: `node scan-child.ts <path> <cache folder>`. Writes its progress, 0 to 1, line by line.
import { startScan } from '../../../../../main/core/scanner/scan/start-scan.ts';
import { scanRequest } from '../../../../support/scanning.ts';

const [path = '', cacheDir = ''] = process.argv.slice(2);
for await (const message of startScan(scanRequest(path, { cacheDir, jobs: 1 })).messages) {
  if (message.k === 'progress') {
    const { bytes, bytesTotal } = message.progress;
    process.stdout.write(`${bytesTotal === 0 ? 0 : bytes / bytesTotal}\n`);
  } else if (message.k !== 'found') process.stdout.write(`${message.k}\n`);
}
