// One hit at one place. The same content stands at many places, and the same secret in many contents; `findings.ts`
// makes one finding of those that belong together.
import type { Reached } from '../git/locate.ts';
import type { ScanSource } from '../model.ts';
import type { ContentHits, Hit } from './hit.ts';

/** Where a content came into the history, as the cache keeps it. */
export interface StoredPlace {
  /** As people read it; empty for commits and tags. */
  path: string;
  commit: string | null;
  author: string;
  email: string;
  /** Epoch ms. */
  at: number;
}

export interface StoredLocation {
  reached: Reached;
  /** Oldest first. */
  places: StoredPlace[];
}

export interface Sighting {
  content: string;
  hit: Hit;
  source: ScanSource;
  path: string;
  oid: string | null;
  /** `null`: in no commit. */
  place: StoredPlace | null;
}

export type FileClass = 'worktree' | 'untracked' | 'ignored';

/** Sightings of an object in commits, and in the index where no commit has it under that path. */
export function objectSightings(
  { id, type, hits }: ContentHits,
  location: StoredLocation | undefined,
  indexPaths: readonly string[],
): Sighting[] {
  const { reached = 'unreachable', places = [] } = location ?? {};
  const spots: Pick<Sighting, 'source' | 'path' | 'place'>[] = places.map((place) => ({
    source: sourceOf(type, reached),
    path: place.path,
    place,
  }));
  const committed = new Set(reached === 'history' ? places.map(({ path }) => path) : []);
  for (const path of indexPaths)
    if (!committed.has(path)) spots.push({ source: 'staged', path, place: null });
  if (spots.length === 0) spots.push({ source: sourceOf(type, reached), path: '', place: null });
  return spots.flatMap((spot) => hits.map((hit) => ({ content: id, hit, oid: id, ...spot })));
}

export function fileSightings(
  { id, hits }: ContentHits,
  path: string,
  source: FileClass | 'staged',
): Sighting[] {
  const oid = source === 'staged' ? id : null;
  return hits.map((hit) => ({ content: id, hit, source, path, oid, place: null }));
}

function sourceOf(type: ContentHits['type'], reached: Reached): ScanSource {
  if (type === 'tag') return 'tag';
  if (type === 'commit') return reached === 'note' ? 'note' : 'message';
  return reached;
}
