// Extra headers and query fields of a request, and the headers that main will add.
import { Plus, X } from 'lucide-react';
import type { Pairs } from '../../../preload/contract/requests.ts';
import { errorText } from '../../host/api.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { KeyValueTable } from '../../ui/key-value-table.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { setDraft } from './explorer-store.ts';
import { messages } from './messages.ts';
import type { Tab } from './tabs.ts';
import { usePreview } from './use-request.ts';

export function HeadersEditor({ tab }: { tab: Tab }) {
  const { draft } = tab;
  const { data, error } = usePreview(draft);
  const own = new Set(draft.headers.map(([name]) => name.toLowerCase()));
  const added = data?.headers.filter(([name]) => !own.has(name.toLowerCase())) ?? [];
  return (
    <div className="flex flex-col gap-4 p-3">
      <PairsEditor
        title={messages.ownHeaders}
        addLabel={messages.addHeader}
        pairs={draft.headers}
        onChange={(headers) => setDraft(tab.id, (old) => ({ ...old, headers }))}
      />
      <PairsEditor
        title={messages.query}
        addLabel={messages.addQuery}
        pairs={draft.query}
        onChange={(query) => setDraft(tab.id, (old) => ({ ...old, query }))}
      />
      <section className="flex flex-col gap-1">
        <h3 className="text-sm font-medium">{messages.addedHeaders}</h3>
        <p className="text-xs text-muted">{messages.addedNote}</p>
        {error && <p className="text-xs text-danger">{errorText(error)}</p>}
        {added.length > 0 && (
          <div className="-mx-3">
            <KeyValueTable pairs={added} label={messages.addedHeaders} />
          </div>
        )}
      </section>
    </div>
  );
}

interface PairsEditorProps {
  title: string;
  addLabel: string;
  pairs: Pairs;
  onChange: (pairs: Pairs) => void;
}

function PairsEditor({ title, addLabel, pairs, onChange }: PairsEditorProps) {
  const set = (at: number, part: 0 | 1, text: string) =>
    onChange(pairs.map((pair, i) => (i === at ? (part === 0 ? [text, pair[1]] : [pair[0], text]) : pair)));
  return (
    <section className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between">
        <h3 className="text-sm font-medium">{title}</h3>
        <Button size="sm" icon={Plus} onClick={() => onChange([...pairs, ['', '']])}>
          {addLabel}
        </Button>
      </div>
      {pairs.map(([name, value], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat; the order is the identity
        <div key={i} className="grid grid-cols-[38%_minmax(0,1fr)_24px] items-center gap-1.5">
          <TextField
            mono
            aria-label={`${title} ${i + 1}, ${messages.name}`}
            placeholder={messages.name}
            value={name}
            onChange={(text) => set(i, 0, text)}
          />
          <TextField
            mono
            aria-label={`${title} ${i + 1}, ${messages.value}`}
            placeholder={messages.value}
            value={value}
            onChange={(text) => set(i, 1, text)}
          />
          <IconButton
            icon={X}
            size="sm"
            label={messages.removeRow(name)}
            onClick={() => onChange(pairs.filter((_, at) => at !== i))}
          />
        </div>
      ))}
    </section>
  );
}
