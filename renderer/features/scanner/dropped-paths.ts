/** Local paths in what was dropped: `file:` addresses (RFC 8089), one per line of `text/uri-list` (RFC 2483). */
export function droppedPaths(data: Pick<DataTransfer, 'getData'>): string[] {
  const lines = data.getData('text/uri-list').split(/\r?\n/);
  return lines.flatMap((line) => {
    if (line.startsWith('#') || !line.startsWith('file://')) return [];
    try {
      const { host, pathname } = new URL(line);
      if (host !== '' && host !== 'localhost') return [];
      const path = decodeURIComponent(pathname);
      return [/^\/[A-Za-z]:/.test(path) ? path.slice(1) : path];
    } catch {
      return [];
    }
  });
}
