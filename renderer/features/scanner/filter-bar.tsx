import { Download, ListFilter, Search, X } from 'lucide-react';
import type { FindingFilter, FindingPage } from '../../../preload/contract/scanner.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { messages } from './messages.ts';
import { exportFindings } from './scanner-actions.ts';
import { clearFilter, isFiltered, setFilter, setText, toggleIn, useScannerView } from './scanner-view.ts';

const text = messages.filter;
const STATES = ['open', 'marked', 'suppressed', 'all'] as const;
const FORMATS = ['sarif', 'json', 'csv'] as const;
const PARTS = ['severity', 'provider', 'rule', 'source'] as const;

const labelOf = {
  severity: (value: string) => messages.severities[value as keyof typeof messages.severities] ?? value,
  source: (value: string) => messages.sources[value as keyof typeof messages.sources] ?? value,
  provider: (value: string) => value,
  rule: (value: string) => value,
};

export interface FilterBarProps {
  facets: FindingPage['facets'] | null;
  total: number;
  /** What the export takes. */
  filter: FindingFilter;
  /** For the name of the exported file. */
  name: string;
}

/** Words, facets with their counts, and what the export gets. */
export function FilterBar({ facets, total, filter: wire, name }: FilterBarProps) {
  const { filter, text: words } = useScannerView();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-2 py-1.5">
      <TextField
        aria-label={text.text}
        placeholder={text.text}
        icon={Search}
        value={words}
        onChange={setText}
        maxLength={200}
        className="min-w-40 flex-1"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || words === '') return;
          event.stopPropagation();
          setText('');
        }}
      />
      {PARTS.map((part) => (
        <Menu
          key={part}
          trigger={
            <Button size="sm" variant="ghost" aria-label={text.chosen(text[part], filter[part].length)}>
              {text.chosen(text[part], filter[part].length)}
            </Button>
          }
          groups={[{ items: facetItems(part, filter[part], facets?.[part] ?? []) }]}
        />
      ))}
      <Button
        size="sm"
        variant="ghost"
        title={text.knownHelp}
        aria-pressed={filter.known === true}
        className="aria-pressed:bg-selected aria-pressed:text-fg"
        onClick={() => setFilter({ known: filter.known === true ? null : true })}
      >
        {text.known}
      </Button>
      <Button
        size="sm"
        variant="ghost"
        title={text.presentHelp}
        aria-pressed={filter.present === true}
        className="aria-pressed:bg-selected aria-pressed:text-fg"
        onClick={() => setFilter({ present: filter.present === true ? null : true })}
      >
        {text.present}
      </Button>
      <Select
        aria-label={text.state}
        value={filter.state}
        onChange={(state) => setFilter({ state })}
        items={STATES.map((value) => ({ value, label: text.states[value] }))}
        className="w-30"
      />
      {isFiltered(filter, words) && (
        <IconButton icon={X} size="sm" label={messages.result.clear} onClick={clearFilter} />
      )}
      <span className="ml-auto px-1 text-xs whitespace-nowrap text-muted" role="status">
        {text.total(total)}
      </span>
      <Menu
        align="end"
        trigger={
          <Button size="sm" icon={Download} disabled={total === 0}>
            {messages.export.button}
          </Button>
        }
        groups={[
          {
            label: messages.export.help,
            items: FORMATS.map((format) => ({
              id: format,
              label: messages.export.formats[format],
              onSelect: () => void exportFindings(format, wire, name),
            })),
          },
        ]}
      />
    </div>
  );
}

/** What is chosen is always listed, also when nothing of it is left to count. */
function facetItems(
  part: (typeof PARTS)[number],
  chosen: readonly string[],
  counted: readonly { value: string; count: number }[],
): MenuItem[] {
  const counts = new Map(counted.map(({ value, count }) => [value, count]));
  for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
  if (counts.size === 0)
    return [
      { id: 'none', label: messages.result.noMatch, icon: ListFilter, disabled: true, onSelect: () => {} },
    ];
  return [...counts].map(([value, count]) => ({
    id: value,
    label: labelOf[part](value),
    hint: String(count),
    checked: chosen.includes(value),
    onSelect: () => toggleIn(part, value),
  }));
}
