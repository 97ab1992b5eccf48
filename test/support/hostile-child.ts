// Runs in its own process (hostile-body.test.ts): sends to the given server and prints how much memory that took.
// argv: base URL, milliseconds the reader rests after some 1,000 events, or after fewer if they are long.
import { setTimeout as sleep } from 'node:timers/promises';
import { chatBody, draft, testSender } from './sender.ts';

const [baseUrl = '', rest = '0'] = process.argv.slice(2);
// Nothing is kept here, as nothing stays in memory when there is a disk.
const sink = { begin() {}, append() {}, finish() {} };
const { sender } = testSender({}, { sink });
const send = async (url: string) => {
  let state = '';
  let error = '';
  let events = 0;
  let read = 0;
  for await (const event of sender.send(
    draft({ baseUrl: url, body: chatBody() }),
    new AbortController().signal,
  )) {
    if (event.k === 'end') {
      state = event.state;
      error = `${event.error?.source}/${event.error?.type}`;
      continue;
    }
    events++;
    read += 1000 + (event.k === 'ev' ? (event.s?.length ?? 0) : 0);
    if (read < 1_000_000 || rest === '0') continue;
    read = 0;
    await sleep(Number(rest));
  }
  return { state, error, events };
};
await send(`${baseUrl}/none`); // everything is loaded and compiled once
globalThis.gc?.();
const before = process.memoryUsage.rss();
let most = before;
const timer = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 5);
const ended = await send(`${baseUrl}/hostile`);
most = Math.max(most, process.memoryUsage.rss());
clearInterval(timer);
const peak = process.resourceUsage().maxRSS * 1024;
await sender.close();
process.stdout.write(JSON.stringify({ ...ended, growth: Math.max(most, peak) - before }));
