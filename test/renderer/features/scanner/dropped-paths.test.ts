import { describe, expect, test } from 'vitest';
import { droppedPaths } from '../../../../renderer/features/scanner/dropped-paths.ts';

const drop = (list: string) => ({ getData: (type: string) => (type === 'text/uri-list' ? list : '') });

describe('what was dropped', () => {
  test.each([
    ['one folder', 'file:///home/ada/src', ['/home/ada/src']],
    ['several, with a comment', '# two\r\nfile:///a\r\nfile:///b\r\n', ['/a', '/b']],
    ['spaces and letters of any language', 'file:///tmp/a%20b/%C3%A4', ['/tmp/a b/ä']],
    ['the local host by name', 'file://localhost/x', ['/x']],
    ['a drive of Windows', 'file:///C:/src', ['C:/src']],
    ['another machine', 'file://server/share', []],
    ['a page', 'https://example.org/', []],
    ['a broken address', 'file:///%zz', []],
    ['nothing', '', []],
  ])('%s', (_name, list, paths) => expect(droppedPaths(drop(list))).toEqual(paths));
});
