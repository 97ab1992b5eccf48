// A process that scans, to be killed: `node scan-child.ts <path> <cache folder>`. Writes a line as soon as it begins.
import { scan } from '../../../../support/scanning.ts';

const [path = '', cacheDir = ''] = process.argv.slice(2);
process.stdout.write('begun\n');
await scan(path, { cacheDir });
process.stdout.write('done\n');
