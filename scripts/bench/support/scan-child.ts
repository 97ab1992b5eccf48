// One scan in a process of its own, so that nothing else is measured. Prints what it was as one line of JSON.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ScanRequest } from '../../../main/core/scanner/model.ts';
import { startScan } from '../../../main/core/scanner/scan/start-scan.ts';

const [repository = '.', profile = 'history', cacheDir = '', jobs = ''] = process.argv.slice(2);
const request: ScanRequest = {
  path: repository,
  profile: profile as ScanRequest['profile'],
  since: null,
  trusted: true,
  jobs: jobs === '' ? null : Number(jobs),
  maxBlob: 50_000_000,
  cacheDir: cacheDir === '' ? null : cacheDir,
  rules: { configs: [], enable: [], disable: [] },
  repositoryConfig: false,
  ignored: true,
  knownKeys: [],
  pepper: null,
  baseline: [],
  reveal: false,
};
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
for await (const message of startScan(request).messages) {
  if (message.k === 'failed') throw new Error(message.message);
  if (message.k !== 'done') continue;
  delay.disable();
  const { counts } = message.summary;
  const byRule: Record<string, number> = {};
  for (const { rule } of message.findings) byRule[rule] = (byRule[rule] ?? 0) + 1;
  console.log(
    JSON.stringify({
      findings: message.findings.length,
      byRule,
      counts,
      rules: message.summary.rules,
      eventLoopP99Ms: Math.max(0, Math.round((delay.percentile(99) / 1e6 - 5) * 10) / 10),
    }),
  );
}
