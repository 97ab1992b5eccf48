// Ctrl Shift F works from every screen, also before this one was ever shown.
import { type RefObject, useEffect } from 'react';
import { create } from 'zustand';

const useWish = create<{ wanted: boolean }>()(() => ({ wanted: false }));

/** Asks for the search field to be focused, now or as soon as it is there. */
export const wantSearchFocus = () => useWish.setState({ wanted: true });

export function useFocusSearch(input: RefObject<HTMLInputElement | null>): void {
  const wanted = useWish((wish) => wish.wanted);
  useEffect(() => {
    if (!wanted) return;
    useWish.setState({ wanted: false });
    input.current?.focus();
    input.current?.select();
  }, [wanted, input]);
}
