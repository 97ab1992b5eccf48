// From sightings to findings: one per rule, secret, path and class, with its oldest commit and what hides it.
import type { Finding, ScanSource } from '../model.ts';
import type { ContentHits, Hit } from './hit.ts';
import type { ScanRules } from './scan-rules.ts';
import type { Sighting } from './sightings.ts';

export interface PlaceOptions {
  rules: ScanRules;
  /** Fingerprints to leave out. */
  baseline: ReadonlySet<string>;
  /** Fingerprints seen in files of the work tree; `null`: nobody looked. */
  present: ReadonlySet<string> | null;
}

/** Of sources that make one finding, the first says what it is. */
const RANK: readonly ScanSource[] = [
  'history',
  'note',
  'staged',
  'stash',
  'reflog',
  'unreachable',
  'message',
  'tag',
  'worktree',
  'untracked',
  'ignored',
];
const CLASS: Readonly<Partial<Record<ScanSource, string>>> = {
  worktree: 'worktree',
  untracked: 'worktree',
  ignored: 'ignored',
  message: 'message',
  tag: 'tag',
  note: 'note',
};
const SEVERITY = ['high', 'medium', 'low'];

/** In order of severity, rule, path and line. */
export function placeFindings(sightings: readonly Sighting[], options: PlaceOptions): Finding[] {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const key = keyOf(sighting, CLASS[sighting.source] ?? 'history');
    const group = groups.get(key);
    if (group) group.push(sighting);
    else groups.set(key, [sighting]);
  }
  const findings: Finding[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    // A tracked file that still has what a commit has: the commit's finding says `present`.
    if (first?.source === 'worktree' && groups.has(keyOf(first, 'history'))) continue;
    findings.push(findingOf(group, options));
  }
  return findings.sort(inOrder);
}

/** A finding of a scan that still runs: nothing is known of its place. */
export function provisionalFinding({ id, type }: ContentHits, hit: Hit, options: PlaceOptions): Finding {
  const source = type === 'file' ? 'worktree' : 'history';
  const oid = type === 'file' ? null : id;
  return findingOf([{ content: id, hit, source, path: '', oid, place: null }], options);
}

function keyOf({ hit, path }: Sighting, group: string): string {
  return `${hit.rule}\0${hit.fingerprint}\0${group}\0${path}`;
}

function findingOf(group: readonly Sighting[], options: PlaceOptions): Finding {
  const best = group.reduce((a, b) => (isBetter(b, a) ? b : a));
  const { hit, place, source, path, oid } = best;
  const { provider, severity, description } = options.rules.byId.get(hit.rule) ?? UNKNOWN;
  return {
    rule: hit.rule,
    provider,
    severity,
    description,
    masked: hit.masked,
    fingerprint: hit.fingerprint,
    keyFingerprint: hit.keyFingerprint,
    knownKey: hit.knownKey,
    source,
    path,
    line: hit.line,
    column: hit.column,
    oid,
    commit: place?.commit ?? null,
    author: place?.author ?? null,
    email: place?.email ?? null,
    at: place?.at ?? null,
    refs: [],
    versions: new Set(group.map(({ content }) => content)).size,
    present: options.present ? options.present.has(hit.fingerprint) : null,
    suppressed: suppressionOf(group, options),
    ...(hit.revealed ? { revealed: hit.revealed } : {}),
  };
}

/** The description of a key that no rule knows. */
const UNKNOWN = {
  provider: 'Keybench',
  severity: 'high',
  description: 'A key that is stored in Keybench: whoever finds it can use it.',
} as const;

function isBetter(a: Sighting, b: Sighting): boolean {
  const rank = RANK.indexOf(a.source) - RANK.indexOf(b.source);
  if (rank !== 0) return rank < 0;
  const at = (a.place?.at ?? 0) - (b.place?.at ?? 0);
  return at === 0 ? a.hit.start < b.hit.start && a.content === b.content : at < 0;
}

/** Only when all of them are: a version of the file without the comment is still a leak. */
function suppressionOf(group: readonly Sighting[], { rules, baseline }: PlaceOptions): Finding['suppressed'] {
  const [first] = group;
  if (!first) return null;
  const { hit, path } = first;
  const byPath = path === '' ? null : rules.allowedByPath(hit.rule, path);
  const allowed = [byPath, hit.allowed];
  if (allowed.includes('user')) return 'user';
  if (baseline.has(hit.fingerprint)) return 'baseline';
  if (allowed.includes('repository')) return 'repository';
  return group.every((one) => one.hit.inline) ? 'inline' : null;
}

function inOrder(a: Finding, b: Finding): number {
  return (
    SEVERITY.indexOf(a.severity) - SEVERITY.indexOf(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.path, b.path) ||
    a.line - b.line ||
    compare(a.fingerprint, b.fingerprint) ||
    compare(a.source, b.source)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
