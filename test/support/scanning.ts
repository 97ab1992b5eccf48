// Whole scans in tests: a request with every default, its messages collected, and keys that are made at run time.
import type { Finding, ScanMessage, ScanRequest, ScanSummary } from '../../main/core/scanner/model.ts';
import { sample } from '../../main/core/scanner/rules/sample.ts';
import { type ScanRun, startScan } from '../../main/core/scanner/scan/start-scan.ts';

export const ANTHROPIC = 'anthropic-api-key';

/** A made-up key that the rule `ANTHROPIC` finds; another one for each seed. */
export const anthropicKey = (seed: number): string => sample('sk-ant-api03-[url:93]AA', seed);

export function scanRequest(path: string, changes: Partial<ScanRequest> = {}): ScanRequest {
  return {
    path,
    profile: 'history',
    since: null,
    trusted: false,
    jobs: null,
    maxBlob: 50 << 20,
    cacheDir: null,
    rules: { configs: [], enable: [], disable: [] },
    repositoryConfig: true,
    knownKeys: [],
    pepper: null,
    baseline: [],
    reveal: false,
    ...changes,
  };
}

export interface Scanned {
  summary: ScanSummary;
  findings: Finding[];
  /** All messages, in order. */
  messages: ScanMessage[];
}

/** Runs a scan to its end. Throws the sentence of one that fails or was stopped. */
export async function scan(path: string, changes: Partial<ScanRequest> = {}): Promise<Scanned> {
  return finished(startScan(scanRequest(path, changes)));
}

export async function finished({ messages: coming }: ScanRun): Promise<Scanned> {
  const messages: ScanMessage[] = [];
  for await (const message of coming) messages.push(message);
  const last = messages.at(-1);
  if (last?.k !== 'done')
    throw new Error(last?.k === 'failed' ? `${last.code}: ${last.message}` : 'The scan was stopped.');
  return { summary: last.summary, findings: last.findings, messages };
}

/** Kinds of the issues, in order. */
export const issueKinds = ({ summary }: Scanned): string[] => summary.issues.map(({ kind }) => kind);
