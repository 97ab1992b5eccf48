// One report in one of its formats, in pieces of a size that a pipe or a window can take.
import type { Report, ReportFormat } from './report.ts';
import { toCsv } from './to-csv.ts';
import { toJson } from './to-json.ts';
import { toSarif } from './to-sarif.ts';
import { toText } from './to-text.ts';

const FORMATS: Record<ReportFormat, (report: Report) => Generator<string>> = {
  text: toText,
  json: toJson,
  csv: toCsv,
  sarif: toSarif,
};
/** Characters. */
const PIECE = 64 * 1024;

export function* render(report: Report, format: ReportFormat): Generator<string> {
  let piece = '';
  for (const part of FORMATS[format](report)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
