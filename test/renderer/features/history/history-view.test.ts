import { beforeEach, expect, test } from 'vitest';
import {
  clearSearch,
  commitSearch,
  dropLastTerm,
  searchFor,
  toggle,
  typeSearch,
  useHistoryView,
} from '../../../../renderer/features/history/history-view.ts';

const providers = [{ id: 'openai', name: 'OpenAI' }];
const openai = { field: 'provider', value: 'openai' } as const;
const error = { field: 'state', value: 'error' } as const;
const view = () => {
  const { terms, input } = useHistoryView.getState();
  return { terms, input };
};

beforeEach(() => clearSearch());

test('a filter word becomes a chip when a space follows', () => {
  typeSearch('state:error', providers);
  expect(view()).toEqual({ terms: [], input: 'state:error' });
  typeSearch('state:error ', providers);
  expect(view()).toEqual({ terms: [error], input: '' });
});

test('Enter makes chips of all known words and keeps the others in the field', () => {
  typeSearch('pool state:nope provider:openai', providers);
  commitSearch(providers);
  expect(view()).toEqual({ terms: [openai], input: 'pool state:nope' });
});

test('Backspace at the start takes the last chip', () => {
  toggle(openai);
  toggle(error);
  dropLastTerm();
  expect(view().terms).toEqual([openai]);
});

test('a search from elsewhere replaces the whole search and the selection', () => {
  toggle(openai);
  useHistoryView.setState({ selectedId: 'x' });
  searchFor('state:error pool');
  expect(view()).toEqual({ terms: [], input: 'state:error pool ' });
  typeSearch(view().input, providers);
  expect(view()).toEqual({ terms: [error], input: 'pool ' });
  expect(useHistoryView.getState().selectedId).toBeNull();
});
