import { SearchX } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { clearSearch, clearText, toggle, useHistoryView } from './history-view.ts';
import { messages } from './messages.ts';
import { hasTerm, type Term } from './query.ts';
import { Chip, TermChip } from './term-chip.tsx';

/** The search as it was read, each part with its ×, so that one sees which part is too much. */
export function NoMatch({ terms, text }: { terms: readonly Term[]; text: string }) {
  const chips = useHistoryView((view) => view.terms);
  // A filter word that is still in the field goes with the field's text.
  const remove = (term: Term) => (hasTerm(chips, term) ? toggle(term) : clearText());
  return (
    <EmptyState
      icon={SearchX}
      title={messages.noMatch.title}
      text={messages.noMatch.text}
      actions={
        <>
          {terms.map((term) => (
            <TermChip key={`${term.field}:${term.value}`} term={term} onRemove={() => remove(term)} />
          ))}
          {text !== '' && (
            <Chip label={messages.noMatch.words(text)} onRemove={clearText}>
              {messages.noMatch.words(text)}
            </Chip>
          )}
          <Button size="sm" onClick={clearSearch}>
            {messages.noMatch.clear}
          </Button>
        </>
      }
    />
  );
}
