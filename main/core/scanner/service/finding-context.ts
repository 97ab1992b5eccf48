// The lines around a finding, read again when somebody looks. Every secret in them is masked; what cannot be masked with
// certainty is not shown.
import { AppError } from '../../../../preload/contract/errors.ts';
import type { ContextLine, FindingDetail } from '../../../../preload/contract/scanner.ts';
import type { Scrubber } from '../../keys/scrub.ts';
import { readBlob } from '../git/read-blob.ts';
import type { Repository } from '../git/repository.ts';
import { readFile } from '../git/work-tree.ts';
import { maskedLines } from '../match/context.ts';
import { wideText } from '../match/wide-text.ts';
import type { Matcher } from '../model.ts';
import { pathBytes } from '../report/path-uri.ts';
import { messageOf } from '../scan/message-text.ts';
import { type ContextWindow, windowAround } from './context-window.ts';
import type { StoredFinding } from './finding-columns.ts';

type Context = FindingDetail['context'];

const LINES = 4;
const MAX_BYTES = 64 << 20;
/** UTF-16 is matched whole. */
const MAX_WIDE = 2 << 20;
/** The objects of these are commits and tags, of which only the text was scanned. */
const MESSAGES: readonly StoredFinding['source'][] = ['message', 'tag', 'note'];

export interface ContextDeps {
  repo: Repository;
  matcher: Matcher;
  scrubber: Pick<Scrubber, 'text'>;
  signal: AbortSignal;
}

/** Never throws: `problem` says why there are no lines. */
export async function findingContext(finding: StoredFinding, deps: ContextDeps): Promise<Context> {
  try {
    const content = await read(finding, deps);
    const lines = linesOf(content, finding, deps);
    if (lines !== null) return { lines, problem: '' };
    return nothing('The secret is not in this place any more, so the lines are not shown. Scan again.');
  } catch (error) {
    if (error instanceof AppError) return nothing(error.message);
    return nothing('The lines around this finding could not be read. Scan again.');
  }
}

const nothing = (problem: string): Context => ({ lines: [], problem });

async function read(finding: StoredFinding, { repo, signal }: ContextDeps): Promise<Uint8Array> {
  if (finding.oid !== null) {
    const content = await readBlob(repo, finding.oid, { maxBytes: MAX_BYTES, signal });
    return MESSAGES.includes(finding.source) ? messageOf(content) : content;
  }
  const file = await readFile(repo, pathBytes(finding.path), { maxBytes: MAX_BYTES });
  if (file.state === 'read') return file.content;
  throw new AppError('NOT_FOUND', `The file ${finding.path} cannot be read any more. Scan again.`);
}

function linesOf(
  content: Uint8Array,
  { line, column }: StoredFinding,
  { matcher, scrubber }: ContextDeps,
): ContextLine[] | null {
  const wide = wideText(content) !== null;
  if (wide && content.length > MAX_WIDE)
    throw new AppError('TOO_LARGE', 'The file is too large for its lines to be shown.');
  const part: ContextWindow = wide
    ? { content, line, column, linesBefore: 0, cut: [] }
    : windowAround(content, line, column);
  let gaveUp = false;
  const watched: Matcher = {
    match(bytes) {
      const outcome = matcher.match(bytes);
      gaveUp ||= outcome.timedOut.length > 0;
      return outcome;
    },
  };
  const lines = maskedLines(part.content, part.line, LINES, watched, part.column);
  const target = lines.find((one) => one.line === part.line);
  if (gaveUp || !target) return null;
  const shown = lines
    // A line that the window cuts may begin or end inside a secret.
    .filter((one) => one === target || !part.cut.includes(one.line))
    .map((one) => ({ ...scrubbed(one, scrubber), line: one.line + part.linesBefore }));
  const safe = shown.some((one) => one.line === line && one.masked.length > 0);
  return safe ? shown : null;
}

const ALIAS = /\[key:[^\]\n]*\]/g;

/** What is clear in the line, without stored keys that no rule knows. */
function scrubbed({ line, text, masked }: ContextLine, scrubber: Pick<Scrubber, 'text'>): ContextLine {
  let out = '';
  const ranges: [number, number][] = [];
  const clear = (piece: string) => {
    const clean = scrubber.text(piece);
    if (clean !== piece)
      for (const { index, 0: alias } of clean.matchAll(ALIAS))
        ranges.push([out.length + index, out.length + index + alias.length]);
    out += clean;
  };
  let at = 0;
  for (const [start, end] of masked) {
    clear(text.slice(at, start));
    ranges.push([out.length, out.length + end - start]);
    out += text.slice(start, end);
    at = end;
  }
  clear(text.slice(at));
  return { line, text: out, masked: ranges };
}
