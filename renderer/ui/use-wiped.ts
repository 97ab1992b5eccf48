import { type RefObject, useEffect } from 'react';

/** Empties a field for a secret when it goes away, by whatever way: its node may live on. */
export function useWiped(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const input = field.current;
    return () => {
      if (input) input.value = '';
    };
  }, [field]);
}
