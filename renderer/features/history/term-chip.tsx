import { X } from 'lucide-react';
import { messages } from './messages.ts';
import type { Term } from './query.ts';

/** A filter word that is in force, with the way to take it away. */
export function TermChip({ term, onRemove }: { term: Term; onRemove: () => void }) {
  return (
    <Chip label={`${term.field}:${term.value}`} onRemove={onRemove}>
      <span className="text-muted">{term.field}:</span>
      {term.value}
    </Chip>
  );
}

/** Any part of a search, with its ×. `label` is the part in words. */
export function Chip(props: { label: string; onRemove: () => void; children: React.ReactNode }) {
  const { label, onRemove, children } = props;
  return (
    <button
      type="button"
      aria-label={messages.search.remove(label)}
      title={messages.search.remove(label)}
      onClick={onRemove}
      className="inline-flex h-6 max-w-70 shrink-0 items-center gap-1 rounded-sm bg-selected px-1.5 font-mono text-xs text-fg hover:bg-hover"
    >
      <span className="truncate">{children}</span>
      <X size={12} aria-hidden="true" className="shrink-0 text-muted" />
    </button>
  );
}
