// From contents with hits to findings: where each stands in commits, index and files, and which refs hold it.
import { shownPath } from '../git/paths.ts';
import type { Finding } from '../model.ts';
import type { NameMask } from './name-mask.ts';
import { type PlaceOptions, placeFindings } from './place-findings.ts';
import type { ScanPlan } from './plan-scan.ts';
import type { Scan } from './run-scan.ts';
import { fileSightings, objectSightings, type Sighting } from './sightings.ts';
import { Whereabouts } from './whereabouts.ts';

export async function placeAll(scan: Scan, plan: ScanPlan): Promise<Finding[]> {
  const { repo, request, rules, mask, cache, collector, progress, ports } = scan;
  const contents = [...collector.found.values()];
  const objects = contents.filter(({ type }) => type !== 'file');
  const files = contents.filter(({ type }) => type === 'file');
  const { commits, since } = plan;
  const whereabouts = new Whereabouts(repo, { cache, commits, since, mask, signal: ports.signal });
  const inCommits = request.profile === 'history';
  if (objects.length > 0) progress.phase('locate');
  const located = await whereabouts.locate(inCommits ? objects.map(({ id }) => id) : []);
  const paths = indexPaths(plan, new Set(objects.map(({ id }) => id)), mask);
  const planned = new Map(plan.files?.files.map((file) => [file.id, file]));

  const sightings: Sighting[] = [];
  for (const content of objects)
    sightings.push(...objectSightings(content, located.get(content.id), paths.get(content.id) ?? []));
  for (const content of files) {
    const file = planned.get(content.id);
    if (file) sightings.push(...fileSightings(content, mask(file.shown), file.source));
  }
  const options: PlaceOptions = {
    rules,
    baseline: new Set(request.baseline),
    present: plan.files
      ? new Set(files.flatMap(({ hits }) => hits.map(({ fingerprint }) => fingerprint)))
      : null,
  };
  const findings = placeFindings(sightings, options);
  const refs = await whereabouts.refsOf(findings.flatMap(({ commit }) => commit ?? []));
  for (const finding of findings) finding.refs = refs.get(finding.commit ?? '') ?? [];
  whereabouts.save();
  return findings;
}

/** By object id, for those that are wanted. */
function indexPaths({ index }: ScanPlan, wanted: ReadonlySet<string>, mask: NameMask): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { oid, path } of index) {
    if (!wanted.has(oid)) continue;
    const list = paths.get(oid);
    const shown = mask(shownPath(path));
    if (list) list.push(shown);
    else paths.set(oid, [shown]);
  }
  return paths;
}
