import { Autocomplete } from '@base-ui/react/autocomplete';
import { Kbd } from '../../ui/kbd.tsx';
import { messages } from '../messages.ts';
import type { PaletteEntry } from './palette-entries.ts';

export interface PaletteRowProps {
  entry: PaletteEntry;
  /** A destructive entry after its first Enter. */
  armed: boolean;
  onChoose: () => void;
}

export function PaletteRow({ entry, armed, onChoose }: PaletteRowProps) {
  return (
    <Autocomplete.Item
      value={entry}
      onClick={onChoose}
      className="flex min-h-8 items-center gap-3 rounded-sm px-2.5 outline-none select-none data-highlighted:bg-selected"
    >
      <span className="w-22 shrink-0 truncate text-xs text-subtle in-data-highlighted:text-muted">
        {entry.group}
      </span>
      <span className={`min-w-0 flex-1 truncate text-sm ${armed ? 'text-danger' : 'text-fg'}`}>
        <Marked text={entry.title} at={entry.matched} />
        {entry.hint && (
          <span className="pl-2 text-xs text-subtle in-data-highlighted:text-muted">{entry.hint}</span>
        )}
      </span>
      {armed ? (
        <span role="status" className="text-xs text-danger">
          {messages.palette.again}
        </span>
      ) : (
        entry.keys && <Kbd keys={entry.keys} />
      )}
    </Autocomplete.Item>
  );
}

/** The matched characters in bold: weight tells it, not colour alone. */
function Marked({ text, at }: { text: string; at: readonly number[] }) {
  if (at.length === 0) return text;
  const hits = new Set(at);
  const runs: { hit: boolean; text: string }[] = [];
  for (const [index, char] of [...text].entries()) {
    const hit = hits.has(index);
    const last = runs.at(-1);
    if (last?.hit === hit) last.text += char;
    else runs.push({ hit, text: char });
  }
  return runs.map((run, index) =>
    run.hit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other identity
      <b key={index} className="font-semibold text-accent">
        {run.text}
      </b>
    ) : (
      run.text
    ),
  );
}
