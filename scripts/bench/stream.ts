// `npm run bench -- stream [--calls N] [--seconds N]`: what the app adds to a streamed request, as JSON lines.
// Both sides of every ratio are measured in this run, interleaved, against the same Demo server: the machine's mood is
// in both.
import { parseArgs } from 'node:util';
import { buildRenderer } from '../build.ts';
import { measureBridge } from './support/bridge-rate.ts';
import { figure } from './support/figure.ts';
import { measureFirstToken } from './support/first-token.ts';
import { measurePanes } from './support/panes.ts';
import { startSize } from './support/start-size.ts';

const { values } = parseArgs({ options: { calls: { type: 'string' }, seconds: { type: 'string' } } });
const calls = Number(values.calls ?? 200);
const seconds = Number(values.seconds ?? 10);

await buildRenderer();
figure('start.js.gzip', { kB: startSize(), target: 230 });
for (const line of await measureFirstToken(calls)) figure('first-token', line);
figure('bridge.websocket', await measureBridge(200_000));
for (const line of await measurePanes(seconds)) figure('panes', line);
process.exit(0);
