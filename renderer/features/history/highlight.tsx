import { cutAtRanges } from './cut-at-ranges.ts';

/** Plain text with the words found marked. Text nodes only: what a model wrote is never parsed as HTML. */
export function Highlight({
  text,
  ranges,
}: {
  text: string;
  ranges: readonly (readonly [number, number])[];
}) {
  return cutAtRanges(text, ranges).map((piece) =>
    piece.found ? (
      <mark key={piece.at} className="rounded-sm bg-warn/30 text-fg">
        {piece.text}
      </mark>
    ) : (
      <span key={piece.at}>{piece.text}</span>
    ),
  );
}
