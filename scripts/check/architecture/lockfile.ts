// What the lock file and the install-script list must say (S22): every package is pinned by hash, none names a
// download address, and a script runs only if package.json allows it by name.

export interface LockEntry {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
}

export interface PackageFiles {
  lock: { lockfileVersion: number; packages: Record<string, LockEntry> };
  manifest: {
    allowScripts: Record<string, boolean>;
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
    optionalDependencies: Record<string, string>;
  };
}

/** Gives one sentence for each violation. `today` decides how old Electron may be. */
export function lockfileProblems({ lock, manifest }: PackageFiles, today: Date): string[] {
  const problems: string[] = [];
  const scripted = new Set<string>();
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place === '') continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!entry.integrity?.startsWith('sha512-') && !entry.link && !entry.inBundle)
      problems.push(`${place} has no sha512 integrity`);
    if (entry.resolved !== undefined && !entry.link) problems.push(`${place} names a download address`);
    if (entry.hasInstallScript) scripted.add(name);
  }
  for (const name of scripted)
    if (manifest.allowScripts[name] === undefined)
      problems.push(`${name} has an install script that allowScripts of package.json does not decide on`);
  for (const name of Object.keys(manifest.allowScripts))
    if (!scripted.has(name)) problems.push(`allowScripts names ${name}, which has no install script`);
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  for (const [name, range] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  })) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)) problems.push(`${name} ${range} is not an exact version`);
    if (lock.packages[`node_modules/${name}`]?.version !== range)
      problems.push(`${name} ${range} is not what the lock file has`);
  }
  problems.push(...electronAge(lock.packages['node_modules/electron']?.version ?? '0', today));
  return problems;
}

/** Electron publishes a major about every eight weeks and supports the last three. */
const KNOWN = { major: 45, published: Date.UTC(2026, 9, 21) };
const WEEKS_PER_MAJOR = 8;
const SUPPORTED = 3;

function electronAge(version: string, today: Date): string[] {
  const weeks = (today.getTime() - KNOWN.published) / (7 * 24 * 3600 * 1000);
  const latest = KNOWN.major + Math.max(0, Math.floor(weeks / WEEKS_PER_MAJOR));
  const major = Number.parseInt(version, 10);
  if (major >= latest - SUPPORTED) return [];
  return [`Electron ${major} is too old: by its release calendar ${latest} is out. Upgrade it.`];
}
