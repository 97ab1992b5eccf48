import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import { useProviders } from '../../host/providers.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import {
  clearSearch,
  commitSearch,
  dropLastTerm,
  toggle,
  typeSearch,
  useHistoryView,
} from './history-view.ts';
import { messages } from './messages.ts';
import { TermChip } from './term-chip.tsx';

const text = messages.search;

export interface SearchFieldProps {
  inputRef: RefObject<HTMLInputElement | null>;
  /** ↓ leaves the field for the list. */
  onDown: () => void;
}

/** Words to search for, with finished filter words as chips before them. */
export function SearchField({ inputRef, onDown }: SearchFieldProps) {
  const { terms, input } = useHistoryView();
  const providers = useProviders();
  // A search that came from elsewhere, maybe before the providers were known, is read like one that was typed.
  useEffect(() => {
    if (input.endsWith(' ')) typeSearch(input, providers);
  }, [input, providers]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === 'Enter') commitSearch(providers);
    else if (event.key === 'ArrowDown') onDown();
    else if (event.key === 'Escape' && (input !== '' || terms.length > 0)) {
      event.stopPropagation();
      clearSearch();
    } else if (event.key === 'Backspace' && selectionStart === 0 && selectionEnd === 0 && terms.length > 0)
      dropLastTerm();
    else return;
    event.preventDefault();
  };

  return (
    <search className="field-shell flex min-h-7 min-w-0 flex-1 flex-wrap items-center gap-1.5 py-px pr-1 pl-2">
      <Search size={14} aria-hidden="true" className="shrink-0 text-subtle" />
      {terms.map((term) => (
        <TermChip key={`${term.field}:${term.value}`} term={term} onRemove={() => toggle(term)} />
      ))}
      <input
        ref={inputRef}
        type="text"
        aria-label={text.label}
        aria-keyshortcuts="Control+Shift+F"
        placeholder={terms.length === 0 ? text.placeholder : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={400}
        value={input}
        onChange={(event) => typeSearch(event.target.value, providers)}
        onKeyDown={onKeyDown}
        className="h-6 min-w-30 flex-1 bg-transparent text-sm text-fg outline-none"
      />
      {(input !== '' || terms.length > 0) && (
        <IconButton
          icon={X}
          size="sm"
          label={text.clear}
          onClick={() => {
            clearSearch();
            inputRef.current?.focus();
          }}
        />
      )}
    </search>
  );
}
