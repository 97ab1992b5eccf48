// The table report: RFC 4180, and nothing in it is a formula to a spreadsheet.
// https://www.rfc-editor.org/rfc/rfc4180 · https://owasp.org/www-community/attacks/CSV_Injection
import type { Report, ReportFinding } from './report.ts';
import { isoTime } from './to-json.ts';

type Cell = string | number | null;

const COLUMNS: readonly [string, (finding: ReportFinding) => Cell][] = [
  ['severity', (one) => one.severity],
  ['rule', (one) => one.rule],
  ['provider', (one) => one.provider],
  ['secret', (one) => one.secret ?? one.masked],
  ['stored key', (one) => one.key],
  ['source', (one) => one.source],
  ['path', (one) => one.path],
  ['line', (one) => one.line],
  ['commit', (one) => one.commit],
  ['author', (one) => one.author],
  ['email', (one) => one.email],
  ['date', (one) => (one.at === null ? null : isoTime(one.at))],
  ['present', (one) => (one.present === null ? null : one.present ? 'yes' : 'no')],
  ['versions', (one) => one.versions],
  ['suppressed', (one) => one.suppressed],
  ['mark', (one) => one.mark?.kind ?? null],
  ['reason', (one) => one.mark?.reason ?? null],
  ['revoke at', (one) => one.revoke],
  ['fingerprint', (one) => one.fingerprint],
];

export function* toCsv({ repositories }: Report): Generator<string> {
  yield line(['repository', ...COLUMNS.map(([name]) => name)]);
  for (const { path, findings } of repositories)
    for (const finding of findings) yield line([path, ...COLUMNS.map(([, read]) => read(finding))]);
}

const line = (cells: readonly Cell[]) => `${cells.map(cellText).join(',')}\r\n`;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets also skip white space before these, take some of them in full width, and begin anew after a line break. */
const isFormula = (text: string) => /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u.test(text);
