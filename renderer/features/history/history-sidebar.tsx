import { ListFilter, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useProviders } from '../../host/providers.ts';
import { ProviderBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { askDelete, clearTerms, toggle, useHistoryView } from './history-view.ts';
import { messages } from './messages.ts';
import { effectiveQuery, hasTerm, STATES } from './query.ts';
import { stateView } from './state-view.ts';

const text = messages.filters;

/** Filters as check boxes; the same terms as the chips in the search field. */
export function HistorySidebar() {
  const providers = useProviders();
  const { terms, input } = useHistoryView();
  const active = effectiveQuery(terms, input, providers).terms;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-9 shrink-0 items-center gap-2 pr-2 pl-3">
        <span className="flex-1 text-sm font-semibold text-fg">{text.title}</span>
        {terms.length > 0 && (
          <Button size="sm" variant="ghost" icon={ListFilter} onClick={clearTerms}>
            {text.clear}
          </Button>
        )}
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3 pb-3">
        <Group label={text.providers}>
          {providers.map(({ id, name, letter, accent }) => (
            <Checkbox
              key={id}
              checked={hasTerm(active, { field: 'provider', value: id })}
              onChange={() => toggle({ field: 'provider', value: id })}
            >
              <ProviderBadge letter={letter} accent={accent} />
              <span className="truncate">{name}</span>
            </Checkbox>
          ))}
        </Group>
        <Group label={text.states}>
          {STATES.map((state) => {
            const { icon: Icon, detail } = stateView({ state, status: null });
            return (
              <Checkbox
                key={state}
                checked={hasTerm(active, { field: 'state', value: state })}
                onChange={() => toggle({ field: 'state', value: state })}
              >
                <Icon size={14} aria-hidden="true" className="mx-0.5 shrink-0 text-muted" />
                <span className="truncate" title={detail}>
                  {messages.states[state]}
                </span>
              </Checkbox>
            );
          })}
        </Group>
      </div>
      <div className="shrink-0 border-t border-line p-2">
        <Button size="sm" variant="ghost" icon={Trash2} className="w-full" onClick={() => askDelete('all')}>
          {text.deleteAll}
        </Button>
      </div>
    </div>
  );
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col">
      <legend className="pb-1 text-xs font-medium text-muted">{label}</legend>
      {children}
    </fieldset>
  );
}
