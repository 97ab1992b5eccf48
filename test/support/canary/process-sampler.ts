// Runs as a process of its own, so that nothing the test does slows it down: reads /proc again and again, for the
// arguments and the environment of every process, and for connections that lead off this machine.
// Input: lines of JSON, first what to look for. Output at the end of input: one line of JSON.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Canaries } from './canaries.ts';
import { createSearcher } from './searcher.ts';

export type SamplerInput =
  | { canaries: Pick<Canaries, 'markers' | 'all'>; mark: string; everyMs: number }
  | { add: { alias: string; text: string } };

export interface SamplerReport {
  samples: number;
  /** Per second, over the whole run. */
  rate: number;
  /** Processes whose arguments and environment were read. */
  processes: number;
  /** Of these, the ones that bear the run's mark. */
  marked: number;
  /** Connections of marked processes, loopback included, that were looked at. */
  connections: number;
  hits: { channel: string; where: string; alias: string; encoding: string; offset: number }[];
  /** `tcp 192.0.2.1:443 (chromium)` */
  foreign: string[];
}

const [first, ...rest] = await firstLines();
const { canaries, mark, everyMs } = first as Extract<SamplerInput, { mark: string }>;
const searcher = createSearcher({ ...canaries, make: () => canaries.all[0]! });
const take = (input: SamplerInput) => {
  if ('add' in input) searcher.add(input.add.alias, input.add.text);
};
rest.forEach(take);

const report: SamplerReport = {
  samples: 0,
  rate: 0,
  processes: 0,
  marked: 0,
  connections: 0,
  hits: [],
  foreign: [],
};
/** What was read of a process last, and whether it belongs to the run. */
const known = new Map<string, { args: string; ours: boolean; parent: string; name: string; age: number }>();
const sockets = new Map<string, true>();
const began = performance.now();
sample();
const timer = setInterval(sample, everyMs);
process.stdout.write('started\n');

function sample() {
  report.samples += 1;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const here = new Set(pids);
  for (const pid of known.keys()) if (!here.has(pid)) known.delete(pid);
  for (const pid of pids) if (pid !== String(process.pid)) lookAt(pid);
  lookForConnections();
}

function lookAt(pid: string) {
  const last = known.get(pid);
  // Processes of others were looked at when they began; later, now and then is enough.
  if (last && !last.ours && ++last.age % 5 !== 0) return;
  const args = text(`/proc/${pid}/cmdline`);
  if (args === null || args === '') return; // gone, or of the kernel
  // The environment of a running program hardly changes: it is read again every so often.
  if (last?.args === args && ++last.age % 10 !== 0) return;
  const environment = text(`/proc/${pid}/environ`) ?? '';
  const parent = /^\d+ \(.*\) \S (\d+)/s.exec(text(`/proc/${pid}/stat`) ?? '')?.[1] ?? '';
  const ours = (last?.ours ?? false) || environment.includes(mark) || (known.get(parent)?.ours ?? false);
  const name = args.split(/[\0 ]/)[0]!.split('/').at(-1)!;
  if (!last) report.processes += 1;
  if (ours && !last?.ours) report.marked += 1;
  known.set(pid, { args, ours, parent, name, age: last?.age ?? 0 });
  for (const [channel, data] of [
    ['arguments', args],
    ['environment', environment],
  ] as const)
    for (const match of searcher.find(data)) report.hits.push({ channel, where: name, ...match });
}

function lookForConnections() {
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6'])
    for (const line of (text(`/proc/net/${table}`) ?? '').split('\n').slice(1)) {
      const [, , remote, , , , , , , inode] = line.trim().split(/\s+/);
      if (!remote || !inode || inode === '0' || sockets.has(inode)) continue;
      const address = addressOf(remote);
      if (address === null) continue; // listens, or is not connected
      sockets.set(inode, true);
      const owner = ownerOf(inode);
      if (!owner) continue;
      report.connections += 1;
      // Chromium connects a UDP socket, without sending, to learn whether there is IPv6.
      const probe = table.startsWith('udp') && /chrom/.test(owner);
      if (!isLoopback(address) && !probe) report.foreign.push(`${table} ${address} (${owner})`);
    }
}

/** `0100007F:1F90` as `127.0.0.1:8080`; `null` for no address at all. Words are little-endian. */
function addressOf(remote: string): string | null {
  const [hex = '', port = ''] = remote.split(':');
  if (/^0+$/.test(hex)) return null;
  const bytes = hex.match(/.{8}/g)!.flatMap((word) => [...Buffer.from(word, 'hex')].reverse());
  const host =
    bytes.length === 4
      ? bytes.join('.')
      : `[${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}]`;
  return `${host}:${Number.parseInt(port, 16)}`;
}

const isLoopback = (address: string) =>
  /^127\./.test(address) || /^\[0{31}1\]/.test(address) || /^\[0{20}f{4}7f/.test(address);

/** The name of the marked process that holds the socket, or `null` when none does. */
function ownerOf(inode: string): string | null {
  for (const [pid, { ours, name }] of known) {
    if (!ours) continue;
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`))
        if (link(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`) return name;
    } catch {} // gone meanwhile
  }
  return null;
}

function link(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null;
  }
}

function text(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}

/** Resolves with the first line; later ones are taken as they come, and the end of input ends the process. */
function firstLines(): Promise<SamplerInput[]> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin });
    let begun = false;
    lines.on('line', (line) => {
      const input = JSON.parse(line) as SamplerInput;
      if (begun) take(input);
      else {
        begun = true;
        resolve([input]);
      }
    });
    lines.on('close', () => {
      clearInterval(timer);
      sample();
      report.rate = report.samples / ((performance.now() - began) / 1000);
      process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
    });
  });
}
